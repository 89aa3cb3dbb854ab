"""Every exercise has one solution cell, and no other cell solves it.

What stands outside the markers is released. So a second solution, which somebody kept in a cell of its own
or forgot to mark, has to be found by what it defines, or by its shape: its words may be others.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.course.markers import END, SOLUTION_SUFFIX, START
from autograder.release import magics, statements
from autograder.release.cells import is_graded, is_solution, name_of
from autograder.release.statements import Statement


_Named = tuple[str, NotebookNode]
_Function = ast.FunctionDef | ast.AsyncFunctionDef

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
    """A sentence for each exercise without a solution, and for each cell that defines one's again."""
    cells = _named(master)
    found = [*_without_solution(cells), *_without_work(cells)]
    for exercise in _exercises(cells):
        for name, cell in cells:
            own = name == exercise.cell
            again = exercise.defines & (_defined_outside(cell) if own else _defines(cell))
            found += [_defined_again(name, exercise, each) for each in sorted(again)]
    return found


def repeated(master: NotebookNode) -> list[str]:
    """A sentence for each code cell that repeats most of a solution, be it with other names."""
    cells = _named(master)
    shapes = [(name, _shape_outside(cell)) for name, cell in cells if cell.cell_type == "code"]
    return [
        f"{name} repeats most of the solution of {exercise.cell} with other names: take it out"
        for exercise in _exercises(cells)
        if len(exercise.shape) > 1  # a single statement proves nothing
        for name, shape in shapes
        if len(exercise.shape & shape) >= _REPEATED_SHARE * len(exercise.shape)
    ]


def defined_beside(master: NotebookNode, programs: Mapping[str, str]) -> list[str]:
    """A sentence for each function of an exercise that a program beside the notebook defines."""
    exercises = _exercises(_named(master))
    return [
        _defined_again(name, exercise, each)
        for name, text in programs.items()
        for defined in [_defined_in(text)]
        for exercise in exercises
        for each in sorted(exercise.defines & defined)
    ]


def _named(master: NotebookNode) -> list[_Named]:
    return [(name_of(cell, number), cell) for number, cell in enumerate(master.cells, start=1)]


def _exercises(cells: list[_Named]) -> list[_Exercise]:
    return [_exercise(name, cell) for name, cell in cells if is_solution(cell)]


def _without_solution(cells: list[_Named]) -> Iterator[str]:
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


def _without_work(cells: list[_Named]) -> Iterator[str]:
    """Markers around nothing: then the solution stands where students see it, or nowhere."""
    for name, cell in cells:
        if is_solution(cell) and not statements.solution_of(cell.source):
            yield f"{name} has nothing to write in its region: put the solution between `{START}` and `{END}`"


def _defined_again(name: str, exercise: _Exercise, defined: str) -> str:
    if name == exercise.cell:
        return (
            f"{name} defines {defined} again outside its region, where students see it: take it out"
        )
    return (
        f"{name} defines {defined}, which students write in {exercise.cell}: take it out, or give it "
        "another name"
    )


def _exercise(name: str, cell: NotebookNode) -> _Exercise:
    tree = magics.parse(cell.source)
    secret = statements.region_rows(cell.source, tree)
    defines = {
        name
        for name, node in _definitions(tree, nested=False)
        if not secret.isdisjoint(_rows(node))
    }
    solution = {entry.row for entry in statements.solution_of(cell.source)}
    shape = {entry.key for entry in _shapes(tree) if entry.row in solution}
    return _Exercise(name, frozenset(defines), frozenset(shape))


def _rows(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def _definitions(node: ast.AST, nested: bool = True) -> Iterator[tuple[str, ast.stmt]]:
    """Functions and classes below `node` with their names, those inside functions too; no methods."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _Function | ast.ClassDef):
            yield child.name, child
        if isinstance(child, ast.Assign) and isinstance(child.value, ast.Lambda):
            yield from ((each.id, child) for each in child.targets if isinstance(each, ast.Name))
        if not isinstance(child, ast.ClassDef) and (nested or not isinstance(child, _Function)):
            yield from _definitions(child, nested)


def _defines(cell: NotebookNode) -> set[str]:
    """The names of functions and classes that a cell gives away: all in code, complete ones in text."""
    if cell.cell_type == "code":
        return _defined_in(cell.source)
    texts = [cell.source] if cell.cell_type == "raw" else _fenced(cell.source)
    return {name for text in texts for name in _completely_defined_in(text)}


def _fenced(markdown: str) -> list[str]:
    return [found[2] for found in _FENCED.finditer(markdown)]


def _defined_in(source: str) -> set[str]:
    try:
        return {name for name, _ in _definitions(magics.parse(source))}
    except SyntaxError:
        headers = (_HEADER.match(entry.text) for entry in statements.in_code(source))
        return {header[1] for header in headers if header}


def _completely_defined_in(text: str) -> set[str]:
    """Names whose definition says more than a signature, which a text may well show."""
    try:
        definitions = list(_definitions(magics.parse(text)))
    except SyntaxError:
        return set()
    return {name for name, node in definitions if not all(entry.trivial for entry in _body(node))}


def _body(definition: ast.stmt) -> list[Statement]:
    """The statements of a definition but for its header; a lambda is its own body."""
    found = list(statements.all_in(definition))
    return found[1:] if hasattr(definition, "body") else found


def _defined_outside(cell: NotebookNode) -> set[str]:
    """The names that a solution cell defines outside its region, where students see how."""
    tree = magics.parse(cell.source)
    secret = statements.region_rows(cell.source, tree)
    return {name for name, node in _definitions(tree) if secret.isdisjoint(_rows(node))}


def _shape_outside(cell: NotebookNode) -> set[str]:
    """The shapes of what students see of a code cell."""
    try:
        tree = magics.parse(cell.source)
    except SyntaxError:
        return set()
    secret = statements.region_rows(cell.source, tree) if is_solution(cell) else set()
    return {entry.key for entry in _shapes(tree) if entry.row not in secret}


class _Renamed(ast.NodeTransformer):
    """Gives one and the same name to all but what is called."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Rename in what is called only what stands before a dot."""
        name = node.func if isinstance(node.func, ast.Name) else None
        self.generic_visit(node)
        node.func = name or node.func
        return node

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Rename a variable."""
        return ast.copy_location(ast.Name("_", node.ctx), node)


def _shapes(tree: ast.Module) -> Iterator[Statement]:
    """Statements as they are but for the choice of names; `_ = _` is everywhere and none."""
    for entry in statements.all_in(_Renamed().visit(tree)):
        if not entry.trivial and len(entry.words.split()) >= _TELLING_WORDS:
            yield entry
