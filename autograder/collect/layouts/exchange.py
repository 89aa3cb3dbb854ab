"""nbgrader's exchange: `inbound/<student>+<assignment>+<time>[+<random>]/`, a folder for each attempt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from autograder.collect.piece import Asked, Finding, Piece, Stray, Who
from autograder.collect.times import moment
from autograder.collect.tree import Tree

NAME = "nbgrader's exchange"
_TOP = re.compile(
    r"(?P<student>[^+]+)\+(?P<assignment>[^+]+)\+"
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [^+]+| [+-]\d{4})?)(?:\+(?P<random>.+))?",
    re.DOTALL,
)


def recognised(tree: Tree, asked: Asked) -> int:
    """Return how many of the top names are of this layout."""
    return sum(bool(_TOP.fullmatch(top)) for top in tree.tops())


def found(tree: Tree, asked: Asked) -> Iterator[Finding]:
    """Yield what each file is; what is of no student is left to the caller."""
    for top, files in tree.tops().items():
        if not (match := _TOP.fullmatch(top)):
            continue
        time = moment(match["time"], asked.zone)
        for file in files:
            if match["assignment"] != asked.assignment:
                yield Stray(file, f"it is of another assignment, {match['assignment']}")
                continue
            inside = PurePosixPath(*file.path.parts[1:] or ("file",))
            yield Piece(file, Who(name=match["student"]), inside, time)
