"""Statements in a form in which two spellings of the same one are equal.

This is how a leak is recognised. It shares no code with the stripping that it guards: regions are
found anew, and a statement counts by its syntax tree, not by its place or layout.
"""

from __future__ import annotations

import ast
import base64
import binascii
import copy
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.course.markers import END, GIVEN, START
from autograder.release import magics

_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases", "decorator_list")
_WORDLESS = (
    ast.Pass,
    ast.Break,
    ast.Continue,
    ast.Import,
    ast.ImportFrom,
    ast.Global,
    ast.Nonlocal,
)
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Try, ast.TryStar)
_PREFIXES = ("...:", "else:", "finally:", "try:", "except:")
_FRAMES = (
    "{0}",
    "{0} pass",
    "if x: pass\n{0} pass",
    "try: pass\n{0} pass",
    "match x:\n {0} pass",
    "{0}\ndef f(): pass",
)
_DATA_URI = re.compile(r";base64,([A-Za-z0-9+/=\s]+)")


@dataclass(frozen=True)
class Statement:
    """A statement, or the header of a block without its block."""

    key: str
    text: str
    row: int
    trivial: bool

    @property
    def words(self) -> str:
        """Its names, numbers and signs, for a search in text that is no Python."""
        return words(self.text)


def in_code(source: str) -> list[Statement]:
    """Every statement of a cell, at any depth, also of one that is a scaffold or holds magics."""
    try:
        return list(all_in(magics.parse(source)))
    except SyntaxError:
        pieces = [(row, tree) for row, text in _pieces(source) for tree in _attempts(text)]
    return [
        Statement(found.key, found.text, row, found.trivial)
        for row, tree in pieces
        for found in all_in(tree)
    ]


def solution_of(source: str) -> list[Statement]:
    """What students must find: the statements between the markers that are not given."""
    tree = magics.parse(source)
    secret = region_rows(source, tree)
    given = {row for row, line in enumerate(source.split("\n"), 1) if line.rstrip().endswith(GIVEN)}
    return [
        _statement(node)
        for node in _nodes(tree)
        if _row(node) in secret and given.isdisjoint(_own_rows(node))
    ]


def outside_regions(source: str) -> list[Statement]:
    """The statements of a cell of the master that students receive."""
    try:
        tree = magics.parse(source)
    except SyntaxError:
        return in_code(source)
    secret = region_rows(source, tree)
    return [found for found in all_in(tree) if found.row not in secret]


def region_rows(source: str, tree: ast.Module) -> set[int]:
    """The rows between markers; lines inside long strings are none."""
    inside_strings = {
        row
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr)
        for row in range(node.lineno + 1, (node.end_lineno or 0) + 1)
    }
    rows: set[int] = set()
    secret = False
    for row, line in enumerate(source.split("\n"), start=1):
        if row not in inside_strings and line.strip() in (START, END):
            secret = line.strip() == START
        elif secret:
            rows.add(row)
    return rows


def all_in(tree: ast.AST) -> Iterator[Statement]:
    """Every statement of a syntax tree, at any depth."""
    return map(_statement, _nodes(tree))


def signature_calls(source: str) -> set[str]:
    """Keys of calls such as `scale(values, factor)` for each function that is defined.

    They repeat a signature, which every text about the function may do.
    """
    calls = set()
    for found in ast.walk(magics.parse(source)):
        if isinstance(found, ast.FunctionDef):
            names = ", ".join(argument.arg for argument in found.args.args)
            calls |= {entry.key for entry in in_code(f"{found.name}({names})")}
    return calls


def words(text: str) -> str:
    """`text` as words and signs between single blanks, quotation marks made equal."""
    found = re.findall(r"\w+|[^\w\s]", text.replace('"', "'"))
    return f" {' '.join(found)} "


def decoded(text: str) -> list[str]:
    """`text` itself and whatever base64 hides in it: an attachment, a data URI."""
    texts = [text]
    for encoded in [text, *_DATA_URI.findall(text)]:
        try:
            data = base64.b64decode("".join(encoded.split()), validate=True)
        except (binascii.Error, ValueError):
            continue
        texts.append(data.decode("utf-8", errors="ignore"))
    return texts


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield node
            yield from getattr(node, "decorator_list", [])


def _statement(node: ast.AST) -> Statement:
    bare = copy.copy(node)
    for block in _BLOCKS:
        if hasattr(bare, block):
            setattr(bare, block, [])
    text = ast.unparse(bare).strip()
    return Statement(ast.dump(bare), text, _row(node), _is_trivial(bare))


def _row(node: ast.AST) -> int:
    placed = node.pattern if isinstance(node, ast.match_case) else node
    return int(getattr(placed, "lineno", 0))


def _own_rows(node: ast.AST) -> range:
    """The rows of a simple statement, or of a header up to its block."""
    block = getattr(node, "body", None) or getattr(node, "cases", None)
    if isinstance(block, list):
        return range(_row(node), max(_row(block[0]), _row(node) + 1))
    return range(_row(node), int(getattr(node, "end_lineno", 0)) + 1)


def _is_trivial(bare: ast.AST) -> bool:
    """Whether a statement gives nothing away: no more than a keyword, a name or a constant."""
    if isinstance(bare, _WORDLESS + _NAMED):
        return True
    if isinstance(bare, ast.ClassDef):
        return not bare.bases and not bare.keywords
    if isinstance(bare, ast.Return):
        return isinstance(bare.value, ast.Name) or _is_plain(bare.value)
    if isinstance(bare, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Expr):
        return _is_plain(bare.value)
    if isinstance(bare, ast.match_case):
        return bare.guard is None and isinstance(bare.pattern, ast.MatchAs)
    if isinstance(bare, ast.While):
        return _is_plain(bare.test)
    if isinstance(bare, ast.ExceptHandler | ast.Raise):
        return (bare.type if isinstance(bare, ast.ExceptHandler) else bare.exc) is None
    return False


def _is_plain(value: ast.expr | None) -> bool:
    """Whether a value is missing, a constant or an empty container."""
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    if isinstance(value, ast.List | ast.Tuple):
        return not value.elts
    return value is None or isinstance(value, ast.Constant) or ast.unparse(value) == "{}"


def _pieces(source: str) -> Iterator[tuple[int, str]]:
    """The logical lines of a source that does not parse; its physical lines where need be."""
    lines = source.split("\n")
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError, SystemError):  # SystemError: 3.13 at a NUL
        yield from enumerate((line.strip() for line in lines), start=1)
        return
    line: list[tokenize.TokenInfo] = []
    for token in tokens:
        if token.type == tokenize.NEWLINE and line:
            yield line[0].start[0], _text_between(lines, line[0].start, line[-1].end)
            line = []
        elif token.type not in {tokenize.COMMENT, tokenize.NL} and token.string.strip():
            line.append(token)


def _text_between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    rows = lines[start[0] - 1 : end[0]]
    rows[-1] = rows[-1][: end[1]]
    return "\n".join(rows)[start[1] :]


def _attempts(text: str) -> Iterator[ast.Module]:
    """One logical line as a module of its own, whatever statement it belongs to."""
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix).lstrip()
    for frame in _FRAMES:
        try:
            tree = magics.parse(frame.format(text))
        except SyntaxError:
            continue
        yield tree
        return
