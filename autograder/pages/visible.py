"""What a student may see of a report, and when: everything else is left out before a page is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from autograder.outputs.sentences import WHEN
from autograder.report import CheckResult, ExerciseResult, Report, Visibility


class Moment(StrEnum):
    """When students get their pages: after they submitted, after the due date, after scores are published."""

    SUBMITTED = "submitted"
    DUE = "due"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Shared:
    """A report as its student may see it.

    `unseen` counts, by exercise, the checks that are not shown. `later` names the exercises of which some are
    shown at a later moment: until then neither their points nor the total may tell how those ended. `worths`
    says what every check is worth, by exercise and check, whether it is shown or not.
    """

    report: Report
    worths: Mapping[str, Mapping[str, float]]
    unseen: Mapping[str, int] = field(default_factory=dict)
    later: frozenset[str] = frozenset()


def whole(report: Report) -> Shared:
    """Return all of a report, for the instructor."""
    return Shared(report, _worths(report))


def worths(exercise: ExerciseResult) -> dict[str, float]:
    """Return what each check of an exercise is worth in this report, in points.

    One that is charged to another is worth nothing there, and the others share its points.
    """
    counting = {check.id: check.weight for check in exercise.checks if check.charged_to is None}
    total = sum(counting.values())
    return {
        check.id: exercise.max_score * counting.get(check.id, 0.0) / total if total else 0.0
        for check in exercise.checks
    }


def _worths(report: Report) -> dict[str, dict[str, float]]:
    return {exercise.id: worths(exercise) for exercise in report.exercises}


def shared(report: Report, moment: Moment) -> Shared:
    """Return what the student may see at `moment`: no fault of ours, no `breach`, no hidden checks."""
    exercises, unseen, later = [], {}, set()
    for exercise in report.exercises:
        seen = [check for check in exercise.checks if check.visibility in WHEN[moment]]
        if len(seen) < len(exercise.checks):
            unseen[exercise.id] = len(exercise.checks) - len(seen)
        if any(_comes_later(check, moment) for check in exercise.checks):
            later.add(exercise.id)
        exercises.append(_without_unseen(exercise, seen))
    left = {"exercises": exercises, "breach": None, "fault": None, "advice_fault": None}
    return Shared(report.model_copy(update=left), _worths(report), unseen, frozenset(later))


def _comes_later(check: CheckResult, moment: Moment) -> bool:
    return check.visibility is not Visibility.HIDDEN and check.visibility not in WHEN[moment]


def _without_unseen(exercise: ExerciseResult, seen: list[CheckResult]) -> ExerciseResult:
    """Return the exercise with those checks alone; none of them names one that is not shown."""
    names = {check.id for check in seen}
    named = [
        check if check.charged_to is None or check.charged_to in names
        else check.model_copy(update={"charged_to": None, "message": ""})
        for check in seen
    ]  # fmt: skip
    return exercise.model_copy(update={"checks": named})
