"""Which of several notebooks counts: the one that was worked on, and a word about the others.

An LMS keeps what a student uploaded before, and whoever downloads the assignment twice hands in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from autograder.batch import reading
from autograder.batch.discover import Submission
from autograder.batch.reading import Entry, HandedIn
from autograder.report import State
from autograder.submission.assignment import Assignment
from autograder.submission.bounded import read_plan
from autograder.submission.read import Rejected


def settle(submissions: Sequence[Submission], assignment: Assignment) -> list[Entry]:
    """Return the submissions, each with the one notebook that counts, or refused where that is not clear.

    What was read to find that out is returned as it was read. Notebooks are read each in a process of its
    own, so this comes before any thread is started.
    """
    return [_settled(each, assignment) if each.several else each for each in submissions]


def _settled(submission: Submission, assignment: Assignment) -> Entry:
    """Return what was looked at, never a path to read once more: the file may be another one by then."""
    worked_on: list[Path] = []
    kept: dict[Path, HandedIn] = {}
    for path in submission.several:
        handed_in = reading.read_path(submission.student, path)
        if handed_in.fault is not None:
            return handed_in  # it may be the one that counts
        if _is_worked_on(handed_in, assignment):
            worked_on.append(path)
        if path == submission.path or worked_on == [path]:
            kept[path] = handed_in  # no other can be chosen, and a student may hand in thousands
    if len(worked_on) != 1 and submission.refusal is not None:  # nor has one the assignment's name
        return submission
    chosen = worked_on[0] if len(worked_on) == 1 else submission.path
    if kept[chosen].notebook is None:
        return kept[chosen]
    return replace(kept[chosen], note=_note(submission.several, worked_on, chosen))


def _note(several: Sequence[Path], worked_on: list[Path], chosen: Path) -> str:
    others = [path.name for path in several if path != chosen]
    also = [path for path in worked_on if path != chosen]
    why = "the others are as they were released" if not also else "it has the assignment's name"
    return (
        f"{len(several)} notebooks were handed in. {chosen.name} was graded, since {why}; "
        f"not graded: {', '.join(others)}."
    )


def _is_worked_on(handed_in: HandedIn, assignment: Assignment) -> bool:
    """Tell whether a notebook of this assignment has anything in it that was not released so."""
    if handed_in.notebook is None:
        return False
    try:
        states = read_plan(assignment, handed_in.notebook).states
    except Rejected:
        return False
    return State.ATTEMPTED in states.values()
