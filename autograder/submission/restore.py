"""From a student's cells to what grading runs: given cells from the master, the student's in their order.

A cell is recognised by its grade id, else by its cell id, else by a source equal to the master's, else
by the exercise's function that it defines. All that is not recognised was added by the student, and runs
in its place.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.submission.assignment import SOLUTION_SUFFIX, Assignment, Exercise
from autograder.submission.essence import essence, region_essence
from autograder.submission.read import Cell, Rejected

ATTEMPTED, UNTOUCHED, MISSING = "attempted", "untouched", "missing"


@dataclass(frozen=True)
class PlannedCell:
    """A cell to run: how it is called in messages, and its source."""

    name: str
    source: str


@dataclass(frozen=True)
class Plan:
    """What grading runs of one submission.

    `cells` define the notebook's functions; `scripts` holds, by exercise, cells that are exercises
    themselves (the training loop) and run only when their checks say so; `states` tells of every
    exercise whether it was ATTEMPTED, UNTOUCHED or is MISSING.
    """

    cells: tuple[PlannedCell, ...]
    scripts: dict[str, PlannedCell]
    states: dict[str, str]


def restore(assignment: Assignment, cells: list[Cell]) -> Plan:
    """Return the plan for a student's code cells; raise Rejected where no exercise can be found."""
    recognised = [(_role(assignment, cell), cell) for cell in cells]
    states = {
        exercise.id: _state(exercise, [cell for role, cell in recognised if role == exercise.id])
        for exercise in assignment.exercises
    }
    if set(states.values()) == {MISSING}:
        raise Rejected(
            "None of the exercises was found in this notebook. "
            "Is it the right file? Please submit the notebook of this assignment."
        )
    scripts = _scripts(assignment)
    planned = [PlannedCell(cell.grade_id, cell.source) for cell in assignment.setup]
    run_later: dict[str, PlannedCell] = {}
    for number, (role, cell) in enumerate(recognised, 1):
        if role in scripts:
            if role not in run_later or cell.grade_id or cell.cell_id:
                run_later[role] = PlannedCell(role, cell.source)
        elif role != "given":
            planned.append(PlannedCell(role or f"your code cell {number}", cell.source))
    return Plan(tuple(planned), run_later, states)


def reference_plan(assignment: Assignment) -> Plan:
    """Return the plan for the master's own solutions."""
    return restore(assignment, list(assignment.cells))


def _scripts(assignment: Assignment) -> set[str]:
    """Return the exercises whose solution is no function but a cell that does the work itself."""
    return {e.id for e in assignment.exercises if e.id not in _functions(e.solution.source)}


def _role(assignment: Assignment, cell: Cell) -> str:
    """Return the exercise that `cell` solves, "given" for one that the master has, "" for an added one."""
    known = {master.grade_id: master for master in assignment.cells}
    by_cell_id = {master.cell_id: master for master in assignment.cells if master.cell_id}
    master = (
        known.get(cell.grade_id) or by_cell_id.get(cell.cell_id) or _same_source(assignment, cell)
    )
    if master is not None:
        if not master.is_solution:
            return "given"
        return master.grade_id.removesuffix(SOLUTION_SUFFIX)
    return _defined_exercise(assignment, cell)


def _same_source(assignment: Assignment, cell: Cell) -> Cell | None:
    wanted = essence(cell.source)
    return next((m for m in assignment.cells if wanted and essence(m.source) == wanted), None)


def _defined_exercise(assignment: Assignment, cell: Cell) -> str:
    functions = _functions(cell.source)
    for exercise in assignment.exercises:
        if exercise.id in functions or _is_script(exercise, cell.source):
            return exercise.id
    return ""


def _functions(source: str) -> set[str]:
    return {node.name for node in _parsed(source) if isinstance(node, ast.FunctionDef)}


def _is_script(exercise: Exercise, source: str) -> bool:
    """Tell whether `source` holds, at top level, the loop over the names that the exercise's loop is over."""
    wanted = (
        _loop_headers(exercise.solution.source)
        if not _functions(exercise.solution.source)
        else set()
    )
    return bool(wanted & _loop_headers(source))


def _loop_headers(source: str) -> set[str]:
    return {ast.dump(node.iter) for node in _parsed(source) if isinstance(node, ast.For)}


def _parsed(source: str) -> Iterable[ast.stmt]:
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()


def _state(exercise: Exercise, cells: list[Cell]) -> str:
    if not cells:
        return MISSING
    untouched = {essence(exercise.scaffold), region_essence(exercise.scaffold)}
    if all({essence(c.source), region_essence(c.source)} & untouched for c in cells):
        return UNTOUCHED
    return ATTEMPTED
