"""What the outputs for one submission share: whose report it is, and how its points lie on its checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.errors import UsageError
from autograder.outputs.sentences import beginning
from autograder.plaintext import spelled
from autograder.report import (
    CheckResult,
    ExerciseResult,
    Outcome,
    Report,
    State,
    Verdict,
    Visibility,
)

_STATES = {
    State.ATTEMPTED: "a person reads and grades your answer",
    State.UNTOUCHED: "there is no answer of yours here yet",
    State.MISSING: "the place for your answer is missing from the notebook",
}


def scored(reports: Sequence[Report], platform: str) -> Report:
    """Return the one report. Raises UsageError where there are more or none, or where it has no score."""
    if len(reports) != 1:
        raise UsageError(
            f"{platform} takes the results of one submission, and these are {len(reports)} reports."
        )
    if reports[0].outcome is Outcome.GRADER_ERROR:
        raise UsageError(
            f"{platform} gets no results of this submission: what went wrong was a fault of ours, so there "
            "is no score."
        )
    return reports[0]


def points(exercise: ExerciseResult) -> Iterator[tuple[CheckResult, float, float]]:
    """Yield each check with what it earned and what it was worth, in points of two decimals.

    They add up to the exercise's own score and maximum. A check that counts nothing has 0 of 0.
    """
    worth, total = _worth(exercise)
    ends: dict[int, tuple[float, float]] = {}
    reached = before = 0.0
    # Those that passed come first, so that their ends, each rounded once, add up to the score.
    for place, check in sorted(enumerate(exercise.checks), key=lambda each: not _passed(each[1])):
        reached += worth[place]
        end = round(exercise.max_score * reached / total, 2) if total else 0.0
        share = round(end - before, 2)
        ends[place] = (share if _passed(check) else 0.0, share)
        before = end
    for place, check in enumerate(exercise.checks):
        yield check, *ends[place]


def _worth(exercise: ExerciseResult) -> tuple[list[float], float]:
    worth = [0.0 if check.charged_to else check.weight for check in exercise.checks]
    return worth, sum(worth)


def _passed(check: CheckResult) -> bool:
    return check.outcome is Verdict.PASSED


def is_open(exercise: ExerciseResult) -> bool:
    """Tell whether students may see all of an exercise's checks.

    Where they may not, what its visible checks earned would tell on the others, for a check that fails can
    take the points of another one.
    """
    return all(check.visibility is Visibility.VISIBLE for check in exercise.checks)


def said(exercise: ExerciseResult, check: CheckResult) -> str:
    """Return what a student reads of a check, which names no check that the student may not see.

    Where the wrong idea behind the exercise is known, that is said of the exercise, and of the check only
    the first sentence.
    """
    hidden = {each.id for each in exercise.checks if each.visibility is not Visibility.VISIBLE}
    if hidden and check.charged_to is not None:
        return "This check did not pass."
    said = (
        check.message
        if exercise.misconception is None or not check.message
        else beginning(check.message)
    )
    return spelled(said)


def title(exercise: ExerciseResult, check: CheckResult) -> str:
    """Return what a check is called: the exercise, then what is looked at."""
    return spelled(f"{exercise.id}: {check.id.replace('_', ' ')}")


def words(report: Report) -> str:
    """Return what concerns the submission as a whole: no score, and no word of any single check."""
    lines = [report.message, report.note]
    lines += [f"{each.id}: {each.message}" for each in report.exercises if each.message]
    lines += [
        f"{each.id}: {_STATES[each.state]} ({each.max_score:g} points)." for each in report.manual
    ]
    return spelled("\n".join(line for line in lines if line))
