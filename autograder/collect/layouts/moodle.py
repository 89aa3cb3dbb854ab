"""Moodle: `<Full name>_<participant id>_assignsubmission_file/<path>`; a student is the participant id.

Before 4.1 an underscore stands at the end of the folder's name; the flat option joins the file's name with
one. Where teams hand in, name and id are the group's. In names an underscore has become a space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from autograder.collect.piece import Asked, Finding, Piece, Who
from autograder.collect.tree import Tree

NAME = "Moodle"
_TOP = re.compile(
    r"(?P<name>[^_]*)_(?P<id>\d+)_assignsubmission_(?P<plugin>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL
)


def recognised(tree: Tree, asked: Asked) -> int:
    """Return how many of the top names are of this layout."""
    return sum(bool(_TOP.fullmatch(top)) for top in tree.tops())


def found(tree: Tree, asked: Asked) -> Iterator[Finding]:
    """Yield what each file is; what is of no student is left to the caller."""
    for top, files in tree.tops().items():
        if match := _TOP.fullmatch(top):
            who = Who(match["id"], match["name"].strip(), local=True)
            for file in files:
                parts = file.path.parts[1:] or (match["file"] or f"{match['plugin']}.html",)
                yield Piece(file, who, PurePosixPath(*parts))
