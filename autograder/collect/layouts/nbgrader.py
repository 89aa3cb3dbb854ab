"""nbgrader: `<student>/<assignment>/`, with the time in `timestamp.txt`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from autograder.collect.piece import Asked, Finding, Piece, Stray, Who
from autograder.collect.stamp import stamped
from autograder.collect.tree import Tree

NAME = "nbgrader"


def recognised(tree: Tree, asked: Asked) -> int:
    """Return how many of the top names are of this layout."""
    ours = {(name,) for name in (asked.assignment, *asked.others)}
    return sum(
        any(file.path.parts[1:2] in ours for file in files) for files in tree.tops().values()
    )


def found(tree: Tree, asked: Asked) -> Iterator[Finding]:
    """Yield what each file is; what is of no student is left to the caller."""
    for student, files in tree.tops().items():
        mine = [file for file in files if file.path.parts[1:2] == (asked.assignment,)]
        time = stamped(mine, 2, asked)
        for file in mine:
            yield Piece(
                file, Who(name=student), PurePosixPath(*file.path.parts[2:] or ("file",)), time
            )
        for file in files:
            if mine and file not in mine:
                yield Stray(file, f"it is not of {asked.assignment}")
            elif not mine and len(file.path.parts) > 2:
                yield Stray(file, f"{student} has handed in another assignment, and not this one")
