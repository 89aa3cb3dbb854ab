"""Submissions that are graded where they lie, and every entry beside them that is none."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.batch.discover import Submission, discover
from autograder.collect import names
from autograder.collect.layouts.folders import OWN
from autograder.collect.piece import Asked, Stray
from autograder.collect.stamp import read_stamp
from autograder.collect.times import TIMESTAMP
from autograder.collect.tree import File, on_disk


@dataclass(frozen=True)
class InPlace:
    """The submissions by student, when they came, and what else lies there."""

    submissions: Sequence[Submission]
    times: Mapping[str, datetime | None]
    strays: Sequence[Stray]


def submissions_in_place(paths: Sequence[Path], asked: Asked) -> InPlace:
    """Return what discover finds below the paths. Raises as it does."""
    found = discover(list(paths), asked.assignment)
    times = {each.student: _time(each, asked) for each in found}
    taken = {os.path.abspath(each.path) for each in found}
    strays = [stray for path in paths if path.is_dir() for stray in _beside(path, taken, asked)]
    return InPlace(found, times, strays)


def _time(submission: Submission, asked: Asked) -> datetime | None:
    folder = submission.path
    if folder.name != asked.assignment:
        folder = folder.parent
    if folder.name != asked.assignment:
        return None
    return read_stamp(on_disk(folder / TIMESTAMP, PurePosixPath(TIMESTAMP), str(folder)), asked)


def _beside(path: Path, taken: set[str], asked: Asked) -> Iterator[Stray]:
    """Yield the entries of a class's folder that are no submission."""
    if path.absolute().name == asked.assignment or _there(path / asked.assignment):
        return  # one student's folder, all of which was handed in
    for entry in sorted(path.iterdir()):
        place = os.path.abspath(entry)
        if place in taken or _there(entry / asked.assignment):
            continue
        file = File(PurePosixPath(entry.name), str(entry))
        if file.rubbish:
            yield Stray(file, file.rubbish)
        elif entry.is_dir():
            yield _other_folder(entry, file, asked)
        elif entry.name.casefold() in OWN:
            yield Stray(file, "it is an instructor's file, or the LMS's")
        else:
            yield Stray(file, "It is neither a notebook nor a student's folder.", unplaced=True)


def _other_folder(entry: Path, file: File, asked: Asked) -> Stray:
    """Return a student's folder in which the assignment's is missing."""
    try:
        inner = list(entry.iterdir())
    except OSError:
        return Stray(file, "Its permissions keep it from being read.", unplaced=True)
    if any(names.notebook_stem(each.name) is not None or each.suffix == ".zip" for each in inner):
        why = f"A notebook lies in it, and not in {entry.name}/{asked.assignment}/: move it there."
        return Stray(file, why, unplaced=True)
    return Stray(file, f"it holds nothing of {asked.assignment}")


def _there(path: Path) -> bool:
    try:
        return path.is_symlink() or path.exists()
    except OSError:
        return True
