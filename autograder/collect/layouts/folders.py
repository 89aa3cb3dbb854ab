"""One folder or one file per student, as ILIAS and people make them: the name is the student's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from autograder.collect import names
from autograder.collect.piece import Asked, Finding, Piece, Stray, Who
from autograder.collect.stamp import stamped
from autograder.collect.tree import EMPTY, File, Tree

NAME = "one folder or file per student"
# What an instructor keeps beside a class, and no student hands in.
OWN = {
    "collected.csv", "decisions.csv", "students.csv", "scores.csv", "gradebook.db", "timestamp.txt",
    "readme.md", "readme.txt", "index.html",
}  # fmt: skip


def recognised(tree: Tree, asked: Asked) -> int:
    """Return how many of the top names are of this layout: all, if no other one is recognised."""
    return len(tree.tops())


def found(tree: Tree, asked: Asked) -> Iterator[Finding]:
    """Yield what each file is; what is of no student is left to the caller."""
    for top, files in tree.tops().items():
        if len(files[0].path.parts) > 1 or files[0].refusal == EMPTY:
            time = stamped(files, 1, asked)
            for file in files:
                inside = PurePosixPath(*file.path.parts[1:] or ("file",))
                yield Piece(file, Who(name=top), inside, time)
        else:
            yield from _loose(files[0], tree, asked)


def _loose(file: File, tree: Tree, asked: Asked) -> Iterator[Finding]:
    """Yield what a file beside the folders is: named for a student, or for nobody."""
    name = file.path.name
    stem = names.stem(name)
    if name.casefold() in OWN:
        yield Stray(file, "it is an instructor's file, or the LMS's")
    elif names.alike(stem) == names.alike(asked.assignment):
        yield Stray(
            file,
            "It is called as the assignment is, and lies in no student's folder: rename it to its student's "
            "id.",
            unplaced=True,
        )
    elif names.notebook_stem(name) is not None or name.casefold().endswith(".zip"):
        yield Piece(file, Who(name=stem), PurePosixPath(name))
    else:
        yield Stray(file, file.refusal or "It is neither a notebook nor a folder.", unplaced=True)
