"""A cell's source as Python, with IPython's magics set aside.

`%matplotlib inline`, `!pip install x`, `files = !ls`, `plot?` and a first line `%%time` are no Python.
Each is replaced by `...` on its own row, so that all other rows and columns stay what they are.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

from autograder.course.markers import GIVEN

# Magics of a whole cell whose body is Python all the same.
_PYTHON_BODIES = {"capture", "prun", "time", "timeit"}
_CELL_MAGIC = re.compile(r"\s*%%(\w*)")
_LINE_MAGIC = re.compile(r"(\s*)[%!?].*")
_ASSIGNED_MAGIC = re.compile(r"(\s*[\w.,\[\]\"' ]+ *= *)[%!].*")
_HELP = re.compile(r"(\s*)%?[\w.]+\?{1,2}\s*")


@dataclass(frozen=True)
class Python:
    """A source without its magics, its syntax tree, and the lines that were replaced, by row."""

    source: str
    tree: ast.Module
    magics: dict[int, str]


def read(source: str) -> Python:
    """Parse `source`; raises `SyntaxError` where it is no Python but for its magics.

    Only where the parser stops is a line taken for a magic: `% b` may as well go on with `a` of the
    line before.
    """
    magic = _CELL_MAGIC.match(source)
    if magic and magic[1] not in _PYTHON_BODIES:
        raise SyntaxError(f"a cell of %%{magic[1]}", ("", 1, 0, ""))
    lines = source.split("\n")
    replaced: dict[int, str] = {}
    while True:
        try:
            return Python("\n".join(lines), _parse("\n".join(lines)), replaced)
        except SyntaxError as error:
            row = error.lineno or 0
            python = _without_magic(lines[row - 1]) if 0 < row <= len(lines) else None
            if python is None or row in replaced:
                raise
            # IPython reads a magic on over lines that end with a backslash.
            last = row
            while lines[last - 1].endswith("\\") and last < len(lines):
                last += 1
            for each in range(row, last + 1):
                replaced[each] = lines[each - 1]
                lines[each - 1] = python if each == row else ""


def parse(source: str) -> ast.Module:
    """The syntax tree of `source` without its magics; raises `SyntaxError`."""
    return read(source).tree


def _parse(source: str) -> ast.Module:
    """Parse Python; whatever the parser cannot do ends as a `SyntaxError`."""
    before, nul, _ = source.partition("\0")
    if nul:  # the parser would not say where
        raise SyntaxError("a NUL", ("", before.count("\n") + 1, 0, ""))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about "\d" and the like: not what a release is about
        try:
            return ast.parse(source)
        except ValueError as error:  # half of a surrogate pair
            raise SyntaxError(str(error), ("", 1, 0, "")) from error
        except (RecursionError, MemoryError) as error:
            raise SyntaxError("nested too deeply", ("", 1, 0, "")) from error


def _without_magic(line: str) -> str | None:
    """The line with `...` for its magic, or None where there is none."""
    for pattern in (_LINE_MAGIC, _ASSIGNED_MAGIC, _HELP):
        if found := pattern.fullmatch(line):
            marker = f"  {GIVEN}" if line.rstrip().endswith(GIVEN) else ""
            return f"{found[1]}...{marker}"
    return None
