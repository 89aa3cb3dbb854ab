"""What a cell's source says without being run: its statements, the names that it binds, those that it needs.

Everything here reads Python as the student's notebook holds it: magics are passed over, and what is no
Python at all has no statements.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from autograder.submission.normalised import function_names

_BUILTINS = frozenset(dir(builtins)) | {
    "__name__",
    "__file__",
    "get_ipython",
    "display",
    "In",
    "Out",
    "_",
}
_LOOPS = (
    ast.For, ast.While, ast.AsyncFor, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip


# The cell magics whose cell is Python that runs in the notebook. All others take theirs as a text: for a
# file, say, or for another language's program.
_PYTHON = {"%%capture", "%%debug", "%%prun", "%%time", "%%timeit"}


@dataclass(frozen=True)
class Outline:
    """What stands at the top level of a source.

    `functions` are defined there, twice where they are defined twice; `binds` has every name that is bound,
    and `binds_all` tells of an import of whatever a module has; `needs` has every global name that is read,
    in functions too; `loops` has, for each loop anywhere in it, the names that are called inside, its own
    functions followed.
    """

    functions: tuple[str, ...] = ()
    binds: frozenset[str] = frozenset()
    binds_all: bool = False
    needs: frozenset[str] = frozenset()
    loops: tuple[frozenset[str], ...] = ()


@lru_cache(maxsize=2048)  # each cell is looked at for every exercise, and parsing may take a second
def outline(source: str) -> Outline:
    """Return the outline of `source`; the names behind ``def`` alone where it is no Python."""
    body = statements(source)
    if _is_text(source):
        return Outline()
    if not body:
        return Outline(tuple(function_names(source)))
    try:
        scope = _Scope(body)
        defined = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
        loops = [node for node in _walk(body) if isinstance(node, _LOOPS)]
        return Outline(
            functions=tuple(_functions(body)),
            binds=frozenset(scope.bound),
            binds_all="*" in scope.bound,
            needs=frozenset(scope.needed - _BUILTINS),
            loops=tuple(frozenset(_called(loop, defined)) for loop in loops),
        )
    except RecursionError:  # deeper than any work of a person's
        return Outline(tuple(function_names(source)))


def statements(source: str) -> list[ast.stmt]:
    """Return the statements of `source`, magics left out; none where it is no Python."""
    if _is_text(source):
        return []
    for candidate in dict.fromkeys((source, _without_magics(source))):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, SystemError):
            return ast.parse(candidate).body
    return []


def without(source: str, unwanted: Callable[[ast.stmt], bool]) -> str:
    """Return `source` with blank lines for its top-level statements that are unwanted."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for node in filter(unwanted, statements(source)):
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        last = node.end_lineno or node.lineno
        lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(lines)


def defines(node: ast.stmt) -> str | None:
    """Return the name of the function that a statement makes: by ``def``, or as a lambda with a name."""
    if isinstance(node, ast.FunctionDef):
        return node.name
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
        target = node.targets[0]
        return target.id if isinstance(target, ast.Name) else None
    return None


def does_something(source: str) -> bool:
    """Tell whether a cell has more in it than comments."""
    return any((words := line.strip()) and not words.startswith("#") for line in source.split("\n"))


def playing(source: str, wanted: frozenset[str]) -> set[int]:
    """Return the first lines of the top-level statements that run a loop which calls all of `wanted`.

    A function is none of them, but a statement that calls a function of the same source which has such a
    loop is one.
    """
    body = statements(source)
    defined = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}

    def loops(node: ast.AST) -> bool:
        inner = (each for each in ast.walk(node) if isinstance(each, _LOOPS))
        return any(wanted <= _called(each, defined) for each in inner)

    try:
        players = {name for name, node in defined.items() if loops(node)}
        return {
            node.lineno
            for node in body
            if not isinstance(node, ast.FunctionDef | ast.ClassDef)
            and (loops(node) or players & _called(node, {}))
        }
    except RecursionError:
        return set()


def _functions(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        if name := defines(node):
            yield name
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)


def _is_text(source: str) -> bool:
    """Tell whether a cell is the text of a cell magic, such as ``%%writefile``, and no code."""
    first = source.lstrip()
    return first.startswith("%%") and first.split(maxsplit=1)[0] not in _PYTHON


def _without_magics(source: str) -> str:
    lines = source.split("\n")
    return "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in lines)


def _walk(body: list[ast.stmt]) -> Iterator[ast.AST]:
    for statement in body:
        yield from ast.walk(statement)


def _called(node: ast.AST, defined: dict[str, ast.FunctionDef]) -> set[str]:
    """Return the names that are called in `node`, and by the functions of its cell that it calls."""
    found: set[str] = set()
    waiting: list[ast.AST] = [node]
    while waiting:
        for inner in ast.walk(waiting.pop()):
            if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name):
                name = inner.func.id
                if name not in found and name in defined:
                    waiting.append(defined[name])
                found.add(name)
    return found


class _Scope(ast.NodeVisitor):
    """The names of a module's top level, and those that it needs from elsewhere.

    A function's own names are no concern of anybody's; what it reads beside them is needed.
    """

    def __init__(self, body: list[ast.stmt]) -> None:
        self.bound: set[str] = set()
        self._read: set[str] = set()
        self.declared_global: set[str] = set()
        for statement in body:
            self.visit(statement)

    @property
    def needed(self) -> set[str]:
        """The names that are read here, or inside, and not bound here."""
        return self._read - self.bound

    def visit_Name(self, node: ast.Name) -> None:
        (self._read if isinstance(node.ctx, ast.Load) else self.bound).add(node.id)

    def visit_Global(self, node: ast.Global) -> None:
        self.declared_global.update(node.names)

    def visit_Import(self, node: ast.Import) -> None:
        self.bound.update((alias.asname or alias.name).partition(".")[0] for alias in node.names)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.bound.update(alias.asname or alias.name for alias in node.names)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.bound.add(node.name)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.bound.add(node.name)
        for part in (*node.decorator_list, *_defaults(node.args), *_annotations(node)):
            self.visit(part)
        self._enter(node.body, _parameters(node.args))

    visit_AsyncFunctionDef = visit_FunctionDef  # type: ignore[assignment]  # noqa: N815

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.bound.add(node.name)
        for part in (*node.decorator_list, *node.bases, *(k.value for k in node.keywords)):
            self.visit(part)
        self._enter(node.body, set())

    def visit_Lambda(self, node: ast.Lambda) -> None:
        for default in _defaults(node.args):
            self.visit(default)
        self._enter([ast.Expr(node.body)], _parameters(node.args))

    def visit_comprehension(self, node: ast.comprehension) -> None:
        # Its variables are its own, but to take them for the cell's costs nothing but a name too many.
        self.generic_visit(node)

    def _enter(self, body: list[ast.stmt], parameters: set[str]) -> None:
        inner = _Scope(body)
        self._read |= inner._read - ((inner.bound | parameters) - inner.declared_global)
        self.bound |= inner.declared_global & inner.bound


def _parameters(arguments: ast.arguments) -> set[str]:
    several = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    rest = (arguments.vararg, arguments.kwarg)
    return {argument.arg for argument in (*several, *(each for each in rest if each))}


def _defaults(arguments: ast.arguments) -> list[ast.expr]:
    return [default for default in (*arguments.defaults, *arguments.kw_defaults) if default]


def _annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr]:
    arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    found = [*(argument.annotation for argument in arguments), node.returns]
    return [annotation for annotation in found if annotation]
