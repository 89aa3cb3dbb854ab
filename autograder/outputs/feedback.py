"""One student's feedback as plain text: what was earned, what went wrong, and nothing that is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.outputs.single import is_open, said, scored, title, words
from autograder.plaintext import spelled
from autograder.report import ExerciseResult, Outcome, Report, Verdict, Visibility

ONE_REPORT = True
_LATER = "Some of its checks are not shown now, so its points are not, either."


def make(reports: Sequence[Report]) -> str:
    """Return the text, the same for the same report whenever it is made. Raises UsageError.

    Where a check is not visible, neither is what its exercise earned, nor the total: both would tell.
    """
    report = scored(reports, "A student's feedback")
    lines = [f"{report.assignment}: {_total(report)}", ""]
    for exercise in report.exercises:
        lines += [*_exercise(exercise), ""]
    if about := words(report):
        lines += [about, ""]
    if report.submission_sha256:
        lines.append(f"The notebook's SHA-256: {report.submission_sha256}")
    return spelled("\n".join(lines)) + "\n"


def _total(report: Report) -> str:
    if report.outcome is Outcome.REJECTED:
        return "this could not be graded."
    if not all(map(is_open, report.exercises)):
        return "graded."
    possible = sum(exercise.max_score for exercise in report.exercises)
    return f"{report.score:g} of {possible:g} points that are given automatically."


def _exercise(exercise: ExerciseResult) -> Iterator[str]:
    if is_open(exercise):
        full = " All of it is right." if exercise.score == exercise.max_score > 0 else ""
        yield f"{exercise.id}: {exercise.score:g} of {exercise.max_score:g} points.{full}"
    else:
        yield f"{exercise.id}: {_LATER}"
    for check in exercise.checks:
        is_shown = check.visibility is Visibility.VISIBLE
        if is_shown and check.outcome is not Verdict.PASSED and check.message:
            yield f"  - {title(exercise, check)}: {' '.join(said(exercise, check).split())}"
