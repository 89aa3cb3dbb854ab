"""Where things stand in a cell: logical lines, comments and solution regions, read from tokens.

A logical line (the term of the Python reference, "Lexical analysis") is one simple statement,
several joined by semicolons, or one header, however many physical lines it covers.
Rows count from 1 as in `tokenize` and `ast`, columns from 0 in characters.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from tokenize import TokenInfo

from autograder.course.markers import END, GIVEN, START
from autograder.errors import ReleaseError

_MARKERS = {"START CODE": START, "END CODE": END}
_LAYOUT = {tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


@dataclass
class LogicalLine:
    """The tokens of one logical line, and the comments on and between its physical lines."""

    tokens: list[TokenInfo] = field(default_factory=list)
    comments: list[TokenInfo] = field(default_factory=list)

    @property
    def rows(self) -> range:
        """The physical lines that it covers."""
        return range(self.tokens[0].start[0], self.tokens[-1].end[0] + 1)

    @property
    def given(self) -> bool:
        """Whether students receive the line as it is."""
        return any(is_given(comment) for comment in self.comments)


@dataclass
class Layout:
    """A cell's physical lines, its logical lines and the comments that stand between those."""

    lines: list[str]
    logical: list[LogicalLine]
    comments: list[TokenInfo]


def may_hold_region(source: str) -> bool:
    """Whether it is worth reading `source`: a cell of %%bash has no tokens of Python."""
    return any(words in source.upper() for words in _MARKERS)


def read(source: str) -> Layout:
    """Split `source`, which must be valid Python or a scaffold of it, into its logical lines."""
    layout = Layout(source.split("\n"), [], [])
    current = LogicalLine()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            (current.comments if current.tokens else layout.comments).append(token)
        elif token.type == tokenize.NEWLINE and current.tokens:
            layout.logical.append(current)
            current = LogicalLine()
        elif token.type not in _LAYOUT and token.type != tokenize.NEWLINE:
            current.tokens.append(token)
    return layout


def regions(layout: Layout) -> list[range]:
    """The rows between each pair of markers.

    Raises `ReleaseError` where a marker is misspelled, misplaced, nested or without its partner.
    """
    found: list[range] = []
    opened = 0
    for row, marker in _markers(layout):
        if marker == START and opened:
            raise ReleaseError(f"line {row} opens a region inside the one that line {opened} opens")
        if marker == END and not opened:
            raise ReleaseError(f"line {row} closes a region, but none is open: add `{START}`")
        if marker == END:
            found.append(range(opened + 1, row))
        opened = row if marker == START else 0
    if opened:
        raise ReleaseError(f"the region that line {opened} opens is not closed: add `{END}`")
    return found


def is_given(comment: TokenInfo) -> bool:
    """Whether a comment is, or ends with, the marker of given lines.

    Raises `ReleaseError` for a near miss, which would turn a given line into one to find.
    """
    text = comment.string.rstrip()
    before, _, last = text.rpartition("#")
    if last.strip(" \t.:!").lower() != "given":
        return False
    if not (text.endswith(GIVEN) and (before == "" or before[-1].isspace())):
        raise ReleaseError(f"line {comment.start[0]}: a given line ends with exactly `{GIVEN}`")
    return True


def _markers(layout: Layout) -> Iterator[tuple[int, str]]:
    """Every marker with its row, in order."""
    inside = [comment for line in layout.logical for comment in line.comments]
    for comment in sorted(layout.comments + inside, key=lambda comment: comment.start):
        words = " ".join(comment.string.strip("# \t").upper().split())
        if words not in _MARKERS:
            continue
        marker = _MARKERS[words]
        if comment.string.rstrip() != marker or comment in inside:
            raise ReleaseError(
                f"line {comment.start[0]}: write exactly `{marker}`, on a line of its own "
                "between statements"
            )
        yield comment.start[0], marker
