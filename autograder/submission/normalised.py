"""Normalised source, without comments, blank lines and spacing: to see that nothing was changed."""

from __future__ import annotations

import contextlib
import io
import tokenize
from collections.abc import Iterator
from functools import lru_cache

from autograder.course.markers import END, START

# SystemError is what Python 3.13 makes of some lines with a NUL in them.
_NO_TOKENS = (tokenize.TokenError, SyntaxError, ValueError, SystemError)
_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}


@lru_cache(maxsize=256)  # a notebook's many cells are compared with the master's few
def normalised(source: str) -> str:
    """Return the tokens of `source` that are neither comments nor layout."""
    try:
        tokens = [t.string for t in _tokens(source) if t.type not in _LAYOUT]
    except _NO_TOKENS:
        return " ".join(source.split())
    return " ".join(tokens).strip()


def function_names(source: str) -> list[str]:
    """Return the names behind every ``def`` at the start of a line, also where the source is unfinished."""
    names: list[str] = []
    before = ""
    with contextlib.suppress(*_NO_TOKENS):
        for token in _tokens(source):
            if before == "def" and token.type == tokenize.NAME:
                names.append(token.string)
            before = token.string if token.start[1] == 0 else ""
    return names


def normalised_region(source: str) -> str:
    """Return what stands between the markers, normalised; everything where they are missing."""
    _, start, rest = source.partition(START)
    region, end, _ = rest.partition(END)
    return f"region: {normalised(_dedented(region))}" if start and end else normalised(source)


def normalised_regions(source: str) -> set[str]:
    """Return all that stands between markers, normalised; nothing where there are no markers."""
    return {normalised_region(START + rest) for rest in source.split(START)[1:] if END in rest}


def _tokens(source: str) -> Iterator[tokenize.TokenInfo]:
    return tokenize.generate_tokens(io.StringIO(source).readline)


def _dedented(region: str) -> str:
    return "\n".join(line.strip() for line in region.splitlines())
