"""Brightspace: folders `<n>-<n> - <Name> - <Mon D, YYYY HHMM AM>/`, one for each attempt.

The first number is taken for the student's only where it is that: one number, one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from autograder.collect.piece import Asked, Finding, Piece, Stray, Who
from autograder.collect.times import told
from autograder.collect.tree import Tree

NAME = "Brightspace"
_TOP = re.compile(r"(?P<id>\d+)-(?P<other>\d+) - (?P<name>.+?) - (?P<time>[^-]+)", re.DOTALL)
_CLOCK = re.compile(r"\b(\d{1,2}):?(\d\d) ?([AaPp][Mm])?$")
_FORMATS = (
    "%b %d, %Y %I:%M %p",
    "%B %d, %Y %I:%M %p",
    "%b %d, %Y %H:%M",
    "%d %b, %Y %H:%M",
    "%d %B %Y %H:%M",
)
_SHARED = (
    "Its first number, {id}, stands before several names, so it is not the student's: rename the folder to "
    "the student's id."
)


def recognised(tree: Tree, asked: Asked) -> int:
    """Return how many of the top names are of this layout."""
    return sum(bool(_TOP.fullmatch(top)) for top in tree.tops())


def found(tree: Tree, asked: Asked) -> Iterator[Finding]:
    """Yield what each file is; what is of no student is left to the caller."""
    tops = {
        top: (match, files) for top, files in tree.tops().items() if (match := _TOP.fullmatch(top))
    }
    names: dict[str, set[str]] = {}
    for match, _ in tops.values():
        names.setdefault(match["id"], set()).add(match["name"])
    for match, files in tops.values():
        clock = _CLOCK.sub(r"\1:\2 \3", match["time"].strip()).strip()
        time = told(clock, _FORMATS, asked.zone)
        for file in files:
            if len(names[match["id"]]) > 1:
                yield Stray(file, _SHARED.format(id=match["id"]), unplaced=True)
            elif len(file.path.parts) > 1:
                inside = PurePosixPath(*file.path.parts[1:])
                yield Piece(file, Who(match["id"], match["name"]), inside, time)
            else:
                yield Piece(file, Who(match["id"], match["name"]), PurePosixPath("file"), time)
