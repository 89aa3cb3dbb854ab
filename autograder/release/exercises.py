"""Every exercise has one solution cell, and no other cell solves it.

What stands outside the markers is released. So a second solution, which somebody kept in a cell of its own
or forgot to mark, has to be found by what it defines, or by its shape: its words may be others.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.course.markers import END, START
from autograder.release import magics, statements
from autograder.release.cells import is_graded, is_solution, name_of
from autograder.release.statements import Statement

SOLUTION_SUFFIX = "_solution"

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_REPEATED_SHARE = 0.75
_TELLING_WORDS = 5
_FENCED = re.compile(r"^(`{3,}|~{3,})[^\n]*\n(.*?)^\1", re.MULTILINE | re.DOTALL)
_HEADER = re.compile(r"(?:async )?(?:def|class) (\w+)")


@dataclass(frozen=True)
class _Exercise:
    """A solution cell: its name in sentences, the names that it defines, the shape of its region."""

    cell: str
    defines: frozenset[str]
    shape: frozenset[str]


def faults(master: NotebookNode) -> list[str]:
    """A sentence for each exercise without a solution, and for each cell that solves one besides."""
    cells = [(name_of(cell, number), cell) for number, cell in enumerate(master.cells, start=1)]
    exercises = [_exercise(name, cell) for name, cell in cells if is_solution(cell)]
    found = list(_missing(cells))
    for name, cell in cells:
        for exercise in exercises:
            own = name == exercise.cell
            again = exercise.defines & (_defined_again(cell) if own else _defines(cell))
            found += [_defined_sentence(name, exercise, each) for each in sorted(again)]
            if not again and _repeats(cell, exercise):
                found.append(
                    f"{name} repeats most of the solution of {exercise.cell} in other words: take it out"
                )
    return found


def defined_beside(master: NotebookNode, name: str, text: str) -> list[str]:
    """A sentence for each function of an exercise that a program beside the notebook defines."""
    defined = _defined_in(text)
    return [
        f"{name} defines {each}, which students write in {exercise.cell}: take it out, or give it "
        "another name"
        for number, cell in enumerate(master.cells, start=1)
        if is_solution(cell)
        for exercise in [_exercise(name_of(cell, number), cell)]
        for each in sorted(exercise.defines & defined)
    ]


def _missing(cells: list[tuple[str, NotebookNode]]) -> Iterator[str]:
    """An exercise whose author forgot the solution cell may have left the solution in any other."""
    solutions = {cell.metadata.nbgrader.grade_id for _, cell in cells if is_solution(cell)}
    for name, cell in cells:
        if cell.cell_type == "code" and is_graded(cell) and not is_solution(cell):
            expected = cell.metadata.nbgrader.grade_id + SOLUTION_SUFFIX
            if expected not in solutions:
                yield (
                    f"{name} grades an exercise without a solution: make the cell with the solution a "
                    f"solution cell of nbgrader's, with the id {expected!r} and the solution between "
                    f"`{START}` and `{END}`"
                )


def _defined_sentence(name: str, exercise: _Exercise, defined: str) -> str:
    if name == exercise.cell:
        return (
            f"{name} defines {defined} again outside its region, where students see it: take it out"
        )
    return (
        f"{name} defines {defined}, which students write in {exercise.cell}: take it out, or give it "
        "another name"
    )


def _exercise(name: str, cell: NotebookNode) -> _Exercise:
    python = magics.read(cell.source)
    secret = statements.region_rows(cell.source, python.tree)
    defines = {
        node.name for node in _definitions(python.tree, 0) if not secret.isdisjoint(_rows(node))
    }
    solution = {entry.row for entry in statements.solution_of(cell.source)}
    shape = {entry.key for entry in _shapes(python.tree) if entry.row in solution}
    return _Exercise(name, frozenset(defines), frozenset(shape))


def _rows(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _definitions(node: ast.AST, deep: int) -> Iterator[Definition]:
    """Functions and classes below `node`, with `deep` also those inside functions, never methods."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition):
            yield child
        inside = isinstance(child, Definition)
        if not inside or (deep and not isinstance(child, ast.ClassDef)):
            yield from _definitions(child, deep)


def _defines(cell: NotebookNode) -> set[str]:
    """The names of functions and classes that a cell gives away: all in code, complete ones in text."""
    if cell.cell_type == "code":
        return _defined_in(cell.source)
    code = (
        [cell.source] if cell.cell_type == "raw" else [m[2] for m in _FENCED.finditer(cell.source)]
    )
    return {name for source in code for name in _completely_defined_in(source)}


def _defined_in(source: str) -> set[str]:
    try:
        tree = magics.parse(source)
    except SyntaxError:
        headers = (_HEADER.match(entry.text) for entry in statements.in_code(source))
        return {header[1] for header in headers if header}
    return {node.name for node in _definitions(tree, 1)} | set(_lambdas(tree))


def _completely_defined_in(source: str) -> set[str]:
    """Names whose definition says more than a signature, which a text may well show."""
    try:
        tree = magics.parse(source)
    except SyntaxError:
        return set()
    return {
        node.name
        for node in _definitions(tree, 1)
        if any(not entry.trivial for child in node.body for entry in statements.all_in(child))
    }


def _lambdas(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _defined_again(cell: NotebookNode) -> set[str]:
    """The names that a solution cell defines outside its region, where students see how."""
    tree = magics.parse(cell.source)
    secret = statements.region_rows(cell.source, tree)
    outside = {node.name for node in _definitions(tree, 1) if secret.isdisjoint(_rows(node))}
    return outside | set(_lambdas(tree))


def _repeats(cell: NotebookNode, exercise: _Exercise) -> bool:
    """Whether the cell shows most of a region with other names; a single statement proves nothing."""
    if cell.cell_type != "code" or len(exercise.shape) < 2:
        return False
    try:
        tree = magics.parse(cell.source)
    except SyntaxError:
        return False
    secret = statements.region_rows(cell.source, tree) if is_solution(cell) else set()
    shown = {entry.key for entry in _shapes(tree) if entry.row not in secret}
    return len(exercise.shape & shown) >= _REPEATED_SHARE * len(exercise.shape)


class _Renamed(ast.NodeTransformer):
    """Gives one and the same name to all that a cell itself names: variables and arguments."""

    def __init__(self, tree: ast.Module) -> None:
        names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
        self._own = {name.id for name in names if isinstance(name.ctx, ast.Store)}
        self._own |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Rename a variable."""
        return ast.copy_location(ast.Name("_", node.ctx), node) if node.id in self._own else node


def _shapes(tree: ast.Module) -> Iterator[Statement]:
    """Statements as they are but for the choice of names; `_ = _` is everywhere and none."""
    for entry in statements.all_in(_Renamed(tree).visit(tree)):
        if not entry.trivial and len(entry.words.split()) >= _TELLING_WORDS:
            yield entry
