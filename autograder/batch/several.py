"""Which of several notebooks counts: the one that was worked on, and a word about the others.

An LMS keeps what a student uploaded before, and whoever downloads the assignment twice hands in both.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from autograder.batch.discover import Submission, checked
from autograder.report import State
from autograder.submission.assignment import Assignment
from autograder.submission.bounded import read_plan
from autograder.submission.read import Rejected


def settle(submissions: list[Submission], assignment: Assignment) -> list[Submission]:
    """Return the submissions, each with the one notebook that counts, or refused where that is not clear.

    Notebooks are read each in a process of its own, so this comes before any thread is started.
    """
    return [_settled(each, assignment) if each.several else each for each in submissions]


def _settled(submission: Submission, assignment: Assignment) -> Submission:
    worked_on = [path for path in submission.several if _is_worked_on(path, assignment)]
    if len(worked_on) == 1:
        chosen = checked(submission.student, worked_on[0])
    elif submission.refusal is None:  # one has the assignment's name
        chosen = submission
    else:
        return submission
    others = [path.name for path in submission.several if path != chosen.path]
    also = [path.name for path in worked_on if path != chosen.path]
    why = "the others are as they were released" if not also else "it has the assignment's name"
    note = (
        f"{len(submission.several)} notebooks were handed in. {chosen.path.name} was graded, since {why}; "
        f"not graded: {', '.join(others)}."
    )
    return replace(chosen, several=submission.several, note=note)


def _is_worked_on(path: Path, assignment: Assignment) -> bool:
    """Tell whether a notebook of this assignment has anything in it that was not released so."""
    candidate = checked("", path)
    if candidate.refusal is not None:
        return False
    try:
        states = read_plan(assignment, candidate.read()).states
    except (OSError, Rejected):
        return False
    return State.ATTEMPTED in states.values()
