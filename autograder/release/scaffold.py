"""Solution code in, its scaffold out: text to text, no files, no notebook.

Between `### START CODE ###` and `### END CODE ###` (comments on lines of their own) each statement
is replaced by what students see of it. The code is parsed, never matched as text:

| in the master                                  | in the release                     |
|------------------------------------------------|------------------------------------|
| `x = f()`, `a = b = f()`, `a, b = f()`         | `x = ...`, `a = b = ...`, ...      |
| `self.x = f()`, `x[i] = f()`, `x += f()`       | `self.x = ...`, `x[i] = ...`, ...  |
| `x: int = f()`                                 | `x: int = ...`                     |
| `return f()`                                   | `return ...`                       |
| every other simple statement: a call, `import` | `...`                              |
|   `x: int`, `pass`, `break`, `raise`, `return`, a docstring |                       |
| `while a:`, `for`, `if`, `elif`, `with`, `match`, `case`, `except E:` | `...:`      |
| `else:`, `finally:`, `try:`, `except:`         | kept: nothing in them to find      |
| `def f(x, y=g()) -> int:`                      | `def f(x, y=...) -> int:`          |
| `class A(B):`, `class A:`                      | `class A(...):`, `class A:`        |
| `@decorator(x)`                                | `@...`                             |
| a magic: `%time x`, `!ls`, `files = !ls`       | `...`, `...`, `files = ...`        |
| any line that ends with `# given`              | as it is, without the marker       |

A scaffold with `...:` is no valid Python until a student fills it in, on purpose: nobody submits
it by accident. A statement over several lines becomes one line. Comments, blank lines and the
markers stay; a comment inside a statement follows it on a line of its own. `# given` on a header
keeps the header alone: its block is still stripped.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Sequence
from tokenize import TokenError, TokenInfo

from autograder.course.markers import GIVEN
from autograder.errors import ReleaseError
from autograder.release import layout, magics
from autograder.release.layout import Layout, LogicalLine
from autograder.release.magics import Python

Node = ast.stmt | ast.ExceptHandler | ast.match_case
Assignment = ast.Assign | ast.AugAssign | ast.AnnAssign

_KEYWORD_HEADERS = {"else", "finally"}


def strip(source: str) -> str:
    """The cell's source with every solution region reduced to its scaffold.

    Raises `ReleaseError`, whose sentence names the line, where a region is not closed, not opened
    or nested, cuts a block in two, or where a cell with a region does not parse.
    """
    if not layout.may_hold_region(source):
        return source
    if "\r" in source:
        # Python counts it as the end of a line, a notebook does not: rows would be other rows.
        raise ReleaseError("it has carriage returns: let its lines end with line feeds alone")
    python, cell = _read(source)
    regions = layout.regions(cell)
    inside = {row for region in regions for row in region}
    nodes = _nodes(python.tree)
    _refuse_cut_blocks(nodes, regions)
    _refuse_lonely_given(cell, inside)
    # The second and later rows of a magic belong to no logical line.
    replaced: dict[int, list[str]] = {row: [] for row in python.magics if row in inside}
    for line in cell.logical:
        if line.rows[0] in inside:
            replaced |= {row: [] for row in line.rows}
            replaced[line.rows[0]] = (
                _given_magic(python.magics[line.rows[0]])
                if line.given and line.rows[0] in python.magics
                else _stripped(line, _starting_in(line, nodes), cell.lines)
            )
    kept = (replaced.get(row, [text]) for row, text in enumerate(source.split("\n"), start=1))
    return "\n".join(text for texts in kept for text in texts)


def _read(source: str) -> tuple[Python, Layout]:
    try:
        python = magics.read(source)
        return python, layout.read(python.source)
    except (SyntaxError, TokenError) as error:
        row = error.lineno if isinstance(error, SyntaxError) else error.args[1][0]
        what = error.msg if isinstance(error, SyntaxError) else error.args[0]
        raise ReleaseError(
            f"line {row} is not Python ({what}), so its region cannot be stripped"
        ) from error


def _given_magic(line: str) -> list[str]:
    return [line.rstrip().removesuffix(GIVEN).rstrip()]


def _nodes(tree: ast.Module) -> list[Node]:
    """Everything that becomes a piece of a line: statements, `except` and `case` headers."""
    found = [node for node in ast.walk(tree) if isinstance(node, Node)]
    return sorted(found, key=_position)


def _position(node: Node) -> tuple[int, int]:
    """Row and column, in bytes; for a `case`, those of its pattern."""
    placed = node.pattern if isinstance(node, ast.match_case) else node
    return placed.lineno, placed.col_offset


def _starting_in(line: LogicalLine, nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if _position(node)[0] in line.rows]


def _refuse_cut_blocks(nodes: list[Node], regions: list[range]) -> None:
    """A header to find whose block goes on after the region would make no sense to anyone."""
    for node in nodes:
        start, last = _position(node)[0], _last_row(node)
        for region in regions:
            if start in region and last not in region:
                raise ReleaseError(
                    f"the region that line {region.start - 1} opens ends inside the block of "
                    f"line {start}: close it after the block"
                )


def _last_row(node: Node) -> int:
    last = node.body[-1] if isinstance(node, ast.match_case) else node
    return last.end_lineno or 0


def _refuse_lonely_given(cell: Layout, inside: set[int]) -> None:
    for comment in cell.comments:
        if comment.start[0] in inside and layout.is_given(comment):
            raise ReleaseError(
                f"line {comment.start[0]}: `{GIVEN}` ends the line that it marks, and "
                "cannot stand alone"
            )


def _stripped(line: LogicalLine, nodes: list[Node], lines: list[str]) -> list[str]:
    """The physical lines of the release that stand for one logical line of a region."""
    if line.given:
        return _without_marker(line, lines)
    first = line.tokens[0]
    indent = lines[first.start[0] - 1][: first.start[1]]
    return _with_comments(indent + _scaffold(line, nodes, lines), line, lines)


def _without_marker(line: LogicalLine, lines: list[str]) -> list[str]:
    kept = {row: lines[row - 1] for row in line.rows}
    for comment in line.comments:
        if layout.is_given(comment):
            row, column = comment.start
            rest = comment.string.rstrip().removesuffix(GIVEN)
            kept[row] = (lines[row - 1][:column] + rest).rstrip()
    return list(kept.values())


def _with_comments(text: str, line: LogicalLine, lines: list[str]) -> list[str]:
    """A comment at the end of the first line stays there; so does the only one, at the last.

    All others follow, each at the indent of its own line, so that their order is kept.
    """
    ends = {line.rows[0]} | ({line.rows[-1]} if len(line.comments) == 1 else set())
    result = [text]
    for comment in line.comments:
        row = comment.start[0]
        if row in ends:
            result[0] += "  " + comment.string
        else:
            own = lines[row - 1]
            result.append(own[: len(own) - len(own.lstrip())] + comment.string)
    return result


def _scaffold(line: LogicalLine, nodes: list[Node], lines: list[str]) -> str:
    """A header with what follows it on the same line, or statements between semicolons."""
    first = line.tokens[0].string
    if first == "@":
        return "@..."
    pieces = [f"{first}:"] if first in _KEYWORD_HEADERS else []
    pieces += [_piece(node, line.tokens, lines) for node in nodes]
    text = ""
    for piece in pieces:
        separator = "" if not text else " " if text.endswith(":") else "; "
        text += separator + piece
    return text


def _piece(node: Node, tokens: Sequence[TokenInfo], lines: list[str]) -> str:
    """One row of the table at the top of this file."""
    piece = "..."
    match node:
        case ast.Assign() | ast.AugAssign() | ast.AnnAssign(value=ast.expr()):
            piece = _assignment(node, tokens, lines)
        case ast.Return(value=ast.expr()):
            piece = "return ..."
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            piece = _signature(node)
        case ast.ClassDef():
            piece = f"class {node.name}{'(...)' if node.bases or node.keywords else ''}:"
        case ast.Try() | ast.TryStar():
            piece = "try:"
        case ast.ExceptHandler(type=None):
            piece = "except:"
        case _ if hasattr(node, "body") or isinstance(node, ast.Match):
            piece = "...:"
    return piece


def _assignment(node: Assignment, tokens: Sequence[TokenInfo], lines: list[str]) -> str:
    """Targets and operator as the master spells them, or spelled anew where they span lines."""
    assert node.value is not None
    start = _characters(lines, node.lineno, node.col_offset)
    value = _characters(lines, node.value.lineno, node.value.col_offset)
    before = [token for token in tokens if token.start < value and token.string != "("]
    operator = before[-1]
    if operator.start[0] == start[0]:
        targets = lines[start[0] - 1][start[1] : operator.start[1]].rstrip()
        return f"{targets} {operator.string} ..."
    bare = copy.copy(node)
    bare.value = ast.Constant(...)
    return ast.unparse(bare)


def _characters(lines: list[str], row: int, offset: int) -> tuple[int, int]:
    """A position of `ast`, which counts UTF-8 bytes, as `tokenize` has it, in characters."""
    return row, len(lines[row - 1].encode()[:offset].decode())


def _signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """The header with its names and annotations; default values are there to find."""
    header, arguments = copy.copy(node), copy.copy(node.args)
    arguments.defaults = [ast.Constant(...) for _ in arguments.defaults]
    arguments.kw_defaults = [value and ast.Constant(...) for value in arguments.kw_defaults]
    header.args, header.decorator_list, header.body = arguments, [], [ast.Pass()]
    return ast.unparse(header).split("\n")[0]
