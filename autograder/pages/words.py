"""The words of the pages: how a verdict, an outcome or a time is said."""

from __future__ import annotations

from autograder.grades.late import how_long
from autograder.grades.standing import Standing
from autograder.plaintext import told_apart
from autograder.report import State, Verdict

VERDICTS = {
    Verdict.PASSED: "passed",
    Verdict.FAILED: "failed",
    Verdict.ERROR: "stopped with an error",
    Verdict.TIMEOUT: "took too long",
    Verdict.NOT_ATTEMPTED: "not attempted",
}
SHORT = VERDICTS | {Verdict.ERROR: "error"}  # where there is little room
STATES = {
    State.ATTEMPTED: "answered",
    State.UNTOUCHED: "left as it was released",
    State.MISSING: "not in the notebook",
}


def name(standing: Standing) -> str:
    """Return what a student is called: the name on the roster, else the id."""
    member = standing.member
    full = f"{member.first_name} {member.last_name}".strip() if member else ""
    return told_apart(full or standing.student, 80)


def late(standing: Standing) -> str:
    """Say how late a submission came; nothing where it was in time."""
    return f"{how_long(standing.late_seconds)} late" if standing.late_seconds > 0 else ""


def points(number: float | None) -> str:
    """Return points with at most two decimals."""
    return "" if number is None else f"{round(number, 2):g}"
