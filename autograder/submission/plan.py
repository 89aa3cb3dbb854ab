"""From a student's cells to what grading runs: given cells from the master, the student's in their order.

A cell is recognised by the exercises' functions that it defines, else by its grade id, its cell id, or a
source equal to the master's or to that of an earlier release. All that is not recognised was added by the
student, and runs in its place.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from autograder.course.markers import SOLUTION_SUFFIX
from autograder.report import State
from autograder.submission.assignment import Assignment, Exercise, Question
from autograder.submission.normalised import (
    function_names,
    normalised,
    normalised_regions,
)
from autograder.submission.read import Cell, Notebook, Rejected


@dataclass(frozen=True)
class PlannedCell:
    """A cell to run: how it is called in messages, and its source."""

    name: str
    source: str


@dataclass(frozen=True)
class Plan:
    """What grading runs of one submission.

    `cells` define the notebook's functions; `scripts` holds, by exercise, cells that are exercises
    themselves, no functions, and run only when their checks say so; `states` tells of every exercise
    and question what became of it.
    """

    cells: tuple[PlannedCell, ...]
    scripts: dict[str, PlannedCell]
    states: dict[str, State]


def make_plan(assignment: Assignment, notebook: Notebook) -> Plan:
    """Return the plan for a student's notebook; raise Rejected where no exercise can be found."""
    recognised = [(_roles(assignment, cell), cell) for cell in notebook.cells]
    states = {
        exercise.id: _state(assignment, exercise, recognised) for exercise in assignment.exercises
    }
    if set(states.values()) == {State.MISSING}:
        raise Rejected(
            "None of the exercises was found in this notebook. "
            "Is it the right file? Please submit the notebook of this assignment."
        )
    scripts = _scripts(assignment)
    planned = [PlannedCell(cell.grade_id, cell.source) for cell in assignment.setup]
    for number, (roles, cell) in enumerate(recognised, 1):
        if functions := [role for role in roles if role not in scripts]:
            planned.append(PlannedCell(functions[0], _definitions(assignment, roles, cell)))
        elif not roles and not _is_given(assignment, cell):
            planned.append(PlannedCell(f"your code cell {number}", cell.source))
    run_later = {
        exercise.id: PlannedCell(exercise.id, _script(assignment, found))
        for exercise in assignment.exercises
        if exercise.id in scripts
        and (found := [cell for roles, cell in recognised if exercise.id in roles])
    }
    states |= {each.id: _state_of_answer(each, notebook) for each in assignment.questions}
    return Plan(tuple(planned), run_later, states)


def reference_plan(assignment: Assignment) -> Plan:
    """Return the plan for the master's own solutions."""
    return make_plan(assignment, Notebook(list(assignment.cells), []))


def _scripts(assignment: Assignment) -> set[str]:
    """Return the exercises whose solution is no function but a cell that does the work itself."""
    return {e.id for e in assignment.exercises if e.id not in _outline(e.solution.source).functions}


def _chosen(assignment: Assignment, cells: list[Cell]) -> Cell:
    """Return the cell that is the exercise: one that was worked on, rather the master's than an added one."""
    return max(
        cells,
        key=lambda cell: (not _untouched(assignment, cell), _same_id(assignment, cell) is not None),
    )


def _roles(assignment: Assignment, cell: Cell) -> list[str]:
    """Return the exercises that `cell` solves: none for one that is given, or that the student added.

    The functions that a cell defines tell more than its ids, which merging and copying mix up.
    """
    defined = _defined_exercises(assignment, cell)
    master = _master(assignment, cell)
    if master is None or not master.is_solution:
        return defined
    named = master.grade_id.removesuffix(SOLUTION_SUFFIX)
    if named in defined or (defined and named not in _scripts(assignment)):
        return defined
    return [*defined, named]


def _is_given(assignment: Assignment, cell: Cell) -> bool:
    return _master(assignment, cell) is not None


def _master(assignment: Assignment, cell: Cell) -> Cell | None:
    return _same_id(assignment, cell) or _same_source(assignment, cell)


def _same_id(assignment: Assignment, cell: Cell) -> Cell | None:
    known = (*assignment.cells, *assignment.earlier)
    for master in known:
        if cell.grade_id and master.grade_id == cell.grade_id:
            return master
    return next((m for m in known if m.cell_id and m.cell_id == cell.cell_id), None)


def _same_source(assignment: Assignment, cell: Cell) -> Cell | None:
    wanted = normalised(cell.source)
    known = (*assignment.cells, *assignment.earlier)
    return next((m for m in known if wanted and normalised(m.source) == wanted), None)


def _defined_exercises(assignment: Assignment, cell: Cell) -> list[str]:
    found = _outline(cell.source)
    return [e.id for e in assignment.exercises if e.id in found.functions or _is_script(e, found)]


@dataclass(frozen=True)
class _Outline:
    """What stands at the top level of a source: functions by name, `for` loops by what they are over."""

    functions: tuple[str, ...]
    loops: frozenset[str] = frozenset()


@lru_cache(maxsize=2048)  # each cell is looked at for every exercise, and parsing may take a second
def _outline(source: str) -> _Outline:
    """Return the outline of `source`, or of what it would be if the rest of it were Python."""
    statements = _parsed(source)
    if not statements:
        return _Outline(tuple(function_names(source)))
    functions = (node.name for node in statements if isinstance(node, ast.FunctionDef))
    return _Outline(tuple(functions), _loop_headers(statements))


def _loop_headers(statements: list[ast.stmt]) -> frozenset[str]:
    loops = [node for node in statements if isinstance(node, ast.For)]
    try:
        return frozenset(ast.dump(loop.iter) for loop in loops)
    except (RecursionError, ValueError):  # deeper, or with a longer number, than any loop of ours
        return frozenset()


def _is_script(exercise: Exercise, found: _Outline) -> bool:
    """Tell whether there is, at top level, a loop over what the exercise's loop is over, or once was."""
    solution = _outline(exercise.solution.source)
    before = (_outline(scaffold).loops for scaffold in exercise.earlier)
    return not solution.functions and bool(solution.loops.union(*before) & found.loops)


def _definitions(assignment: Assignment, roles: list[str], cell: Cell) -> str:
    """Return what of a cell with these exercises runs first: all, but for a loop that is one of them."""
    if _scripts(assignment).isdisjoint(roles):
        return cell.source
    return _without(cell.source, lambda node: isinstance(node, ast.For | ast.While))


def _script(assignment: Assignment, cells: list[Cell]) -> str:
    """Return what runs as the exercise: its cell, without other exercises that were merged into it."""
    functions = {other.id for other in assignment.exercises}
    return _without(
        _chosen(assignment, cells).source,
        lambda node: isinstance(node, ast.FunctionDef) and node.name in functions,
    )


def _without(source: str, unwanted: Callable[[ast.stmt], bool]) -> str:
    """Return `source` with blank lines for its top-level statements that are unwanted."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for node in filter(unwanted, _parsed(source)):
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        last = node.end_lineno or node.lineno
        lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(lines)


def _parsed(source: str) -> list[ast.stmt]:
    """Return the statements of `source`, magics left out; none where it is no Python."""
    for candidate in dict.fromkeys((source, _without_magics(source))):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, SystemError):
            return ast.parse(candidate).body
    return []


def _without_magics(source: str) -> str:
    lines = source.split("\n")
    return "\n".join("" if line.startswith(("%", "!")) else line for line in lines)


def _state(
    assignment: Assignment, exercise: Exercise, recognised: list[tuple[list[str], Cell]]
) -> State:
    cells = [cell for roles, cell in recognised if exercise.id in roles]
    if not cells:
        return State.MISSING
    untouched = all(_untouched(assignment, cell) for cell in cells)
    return State.UNTOUCHED if untouched else State.ATTEMPTED


def _state_of_answer(question: Question, notebook: Notebook) -> State:
    """Tell what became of a question; whoever reads the answers looks at the notebook all the same."""
    cells = (*notebook.answers, *notebook.cells)
    texts = [cell.source for cell in cells if cell.grade_id == question.id]
    if not texts:
        return State.MISSING
    untouched = all(text.split() == question.released.split() for text in texts)
    return State.UNTOUCHED if untouched else State.ATTEMPTED


def _untouched(assignment: Assignment, cell: Cell) -> bool:
    """Tell whether every region in the cell is as once released, and no function stands there twice."""
    functions = _outline(cell.source).functions
    if len(set(functions)) < len(functions):
        return False
    scaffolds = [scaffold for each in assignment.exercises for scaffold in each.scaffolds]
    regions = normalised_regions(cell.source)
    if regions:
        return regions <= {region for each in scaffolds for region in normalised_regions(each)}
    return normalised(cell.source) in map(normalised, scaffolds)
