"""The time that a `timestamp.txt` beside a notebook says, as nbgrader writes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from autograder.collect.archive import pieces
from autograder.collect.piece import Asked
from autograder.collect.times import TIMESTAMP, moment
from autograder.collect.tree import File, Unreadable


def stamped(files: Sequence[File], depth: int, asked: Asked) -> datetime | None:
    """Return the time in the file `timestamp.txt` that lies `depth` folders down; None without one."""
    for file in files:
        if len(file.path.parts) == depth + 1 and file.path.name == TIMESTAMP:
            return read_stamp(file, asked)
    return None


def read_stamp(file: File, asked: Asked) -> datetime | None:
    """Return the time that a file says; None where it says none."""
    try:
        return moment(b"".join(pieces(file, 200)).decode(errors="replace"), asked.zone)
    except Unreadable:
        return None
