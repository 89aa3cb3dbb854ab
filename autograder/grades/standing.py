"""One student's standing in an assignment: what every output shows, and why it is that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from autograder.report import Report


@dataclass(frozen=True)
class Member:
    """A student on the roster (nbgrader's columns); whatever is not known is empty."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""


@dataclass(frozen=True)
class Points:
    """What an instructor decided by hand for one exercise or question, and why."""

    points: float
    reason: str


@dataclass(frozen=True)
class Standing:
    """One student in one assignment.

    `report` is None where nothing was handed in, or nothing that could be placed; `member` where the student
    is not on the roster, or there is no roster. `raw` is the report's own score with what was decided by
    hand in it, before anything is taken off for being late; `final` is what counts. Both are None where
    there is no score: nothing handed in, a fault of ours, or excused. `reasons` says in sentences, for
    people, why `final` is not the report's own score.
    """

    student: str
    report: Report | None
    member: Member | None = None
    handed_in: datetime | None = None
    late_seconds: float = 0.0
    raw: float | None = None
    penalty: float = 0.0
    final: float | None = None
    excused: bool = False
    group: str = ""
    decided: Mapping[str, Points] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


def of_report(report: Report) -> Standing:
    """Return the standing that a report alone makes: nothing decided, nothing late."""
    return Standing(report.student, report, raw=report.score, final=report.score)
