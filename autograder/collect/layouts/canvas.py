"""Canvas: one flat folder of `<name>[_LATE]_<user id>_<attachment id>_<file>`; a student is the user id.

Where grading is anonymous, an id that Canvas made up stands in place of name and user id. A file that was
handed in again gets `-1`, `-2` before its ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from autograder.collect.piece import Asked, Finding, Piece, Who
from autograder.collect.tree import File, Tree

NAME = "Canvas"
_FILE = re.compile(
    r"(?:anon(?P<late_a>_LATE)?_(?P<anonymous>[A-Za-z0-9]{3,12})|"
    r"(?P<name>[^_/]+)(?P<late>_LATE)?_(?P<user>\d+))"
    r"_(?:(?P<attachment>\d+)_(?P<file>.+)|(?P<typed>text\.html|link\.html))",
    re.IGNORECASE | re.DOTALL,
)
_AGAIN = re.compile(
    r"(?P<stem>.*?)-(?P<number>\d{1,3})(?P<ending>(?:\.[A-Za-z0-9]{1,8}){0,3})", re.DOTALL
)


def recognised(tree: Tree, asked: Asked) -> int:
    """Return how many of the top names are of this layout."""
    return sum(bool(_FILE.fullmatch(top)) for top, files in tree.tops().items() if _flat(files))


def found(tree: Tree, asked: Asked) -> Iterator[Finding]:
    """Yield what each file is; what is of no student is left to the caller."""
    uploads: dict[tuple[str, str], list[tuple[int, int, Piece]]] = {}
    for files in tree.tops().values():
        match = _FILE.fullmatch(files[0].path.name) if _flat(files) else None
        if match is None:
            continue
        original, number = _original(match)
        who = Who(match["anonymous"] or match["user"], match["name"] or "")
        late = bool(match["late"] or match["late_a"])
        piece = Piece(files[0], who, PurePosixPath(match["file"] or match["typed"]), late=late)
        order = (number, int(match["attachment"] or 0), piece)
        uploads.setdefault((who.key, original), []).append(order)
    yield from _numbered(uploads)


def _flat(files: list[File]) -> bool:
    return len(files) == 1 and len(files[0].path.parts) == 1


def _original(match: re.Match[str]) -> tuple[str, int]:
    """Return what a file was called before Canvas numbered it, and that number."""
    again = _AGAIN.fullmatch(match["file"] or "")
    if again is None:
        return (match["file"] or "").casefold(), 0
    return f"{again['stem']}{again['ending']}".casefold(), int(again["number"])


def _numbered(uploads: dict[tuple[str, str], list[tuple[int, int, Piece]]]) -> Iterator[Piece]:
    """Yield pieces with the number of their attempt: a file alone of its name belongs to the last one."""
    last: dict[str, int] = {}
    for (key, _), files in uploads.items():
        last[key] = max(last.get(key, 1), len(files))
    for (key, _), files in uploads.items():
        for place, (*_, piece) in enumerate(sorted(files, key=lambda each: each[:2]), 1):
            number = last[key] - len(files) + place
            yield Piece(piece.file, piece.who, piece.inside, number=number, late=piece.late)
