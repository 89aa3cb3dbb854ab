"""From a student's cells to what grading runs: given cells from the master, the student's in their order.

A cell is recognised by its grade id, else by its cell id, else by a source equal to the master's, else
by the exercise's function that it defines. All that is not recognised was added by the student, and runs
in its place.
"""

from __future__ import annotations

import ast
import contextlib
from dataclasses import dataclass
from functools import lru_cache

from autograder.submission.assignment import SOLUTION_SUFFIX, Assignment, Exercise
from autograder.submission.essence import essence, function_names, region_essence
from autograder.submission.read import Cell, Rejected

# Each cell is looked at once for every exercise, but parsed once only: that may take a second.
_once = lru_cache(maxsize=2048)
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
    for number, (role, cell) in enumerate(recognised, 1):
        if role not in scripts and role != "given":
            planned.append(PlannedCell(role or f"your code cell {number}", cell.source))
    run_later = {
        exercise.id: PlannedCell(exercise.id, _chosen(assignment, exercise, found).source)
        for exercise in assignment.exercises
        if exercise.id in scripts
        and (found := [cell for role, cell in recognised if role == exercise.id])
    }
    return Plan(tuple(planned), run_later, states)


def reference_plan(assignment: Assignment) -> Plan:
    """Return the plan for the master's own solutions."""
    return restore(assignment, list(assignment.cells))


def _scripts(assignment: Assignment) -> set[str]:
    """Return the exercises whose solution is no function but a cell that does the work itself."""
    return {e.id for e in assignment.exercises if e.id not in _functions(e.solution.source)}


def _chosen(assignment: Assignment, exercise: Exercise, cells: list[Cell]) -> Cell:
    """Return the cell that is the exercise: one that was worked on, rather the master's than an added one."""
    return max(
        cells,
        key=lambda cell: (not _untouched(exercise, cell), _same_id(assignment, cell) is not None),
    )


def _role(assignment: Assignment, cell: Cell) -> str:
    """Return the exercise that `cell` solves, "given" for one that the master has, "" for an added one."""
    master = _same_id(assignment, cell) or _same_source(assignment, cell)
    if master is not None:
        if not master.is_solution:
            return "given"
        return master.grade_id.removesuffix(SOLUTION_SUFFIX)
    return _defined_exercise(assignment, cell)


def _same_id(assignment: Assignment, cell: Cell) -> Cell | None:
    for master in assignment.cells:
        if cell.grade_id and master.grade_id == cell.grade_id:
            return master
    return next((m for m in assignment.cells if m.cell_id and m.cell_id == cell.cell_id), None)


def _same_source(assignment: Assignment, cell: Cell) -> Cell | None:
    wanted = essence(cell.source)
    return next((m for m in assignment.cells if wanted and essence(m.source) == wanted), None)


def _defined_exercise(assignment: Assignment, cell: Cell) -> str:
    functions = _functions(cell.source)
    for exercise in assignment.exercises:
        if exercise.id in functions or _is_script(exercise, cell.source):
            return exercise.id
    return ""


@_once
def _functions(source: str) -> frozenset[str]:
    """Return the functions that `source` defines at top level, or would if the rest of it were Python."""
    parsed = {node.name for node in _parsed(source) if isinstance(node, ast.FunctionDef)}
    return frozenset(parsed or function_names(source))


def _is_script(exercise: Exercise, source: str) -> bool:
    """Tell whether `source` holds, at top level, the loop over the names that the exercise's loop is over."""
    if _functions(exercise.solution.source):
        return False
    return bool(_loop_headers(exercise.solution.source) & _loop_headers(source))


@_once
def _loop_headers(source: str) -> frozenset[str]:
    loops = [node for node in _parsed(source) if isinstance(node, ast.For)]
    try:
        return frozenset(ast.dump(loop.iter) for loop in loops)
    except RecursionError:  # an expression nested deeper than any loop of ours
        return frozenset()


def _parsed(source: str) -> list[ast.stmt]:
    """Return the statements of `source`, magics left out; none where it is no Python."""
    for candidate in (source, _without_magics(source)):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.parse(candidate).body
    return []


def _without_magics(source: str) -> str:
    lines = source.split("\n")
    return "\n".join("" if line.startswith(("%", "!")) else line for line in lines)


def _state(exercise: Exercise, cells: list[Cell]) -> str:
    if not cells:
        return MISSING
    return UNTOUCHED if all(_untouched(exercise, cell) for cell in cells) else ATTEMPTED


def _untouched(exercise: Exercise, cell: Cell) -> bool:
    untouched = {essence(exercise.scaffold), region_essence(exercise.scaffold)}
    return bool({essence(cell.source), region_essence(cell.source)} & untouched)
