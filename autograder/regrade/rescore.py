"""Scores made anew from verdicts that stay: where weights, points or visibility changed, no code runs."""

from __future__ import annotations

from collections import Counter

from autograder.report import CheckResult, ExerciseResult, Outcome, Report, exercise_result
from autograder.submission.assignment import Assignment, Exercise


def rescored(report: Report, assignment: Assignment, judged_by: str) -> Report | None:
    """Return the report that grading once more would make; None where there is no verdict to start from.

    Only where no weight became 0 or ceased to be (judges.settings_before): a check that has none in the
    report counts nothing there for a reason that still holds.
    """
    now = {"judged_by": judged_by, "max_score": assignment.max_score}
    if report.outcome is Outcome.GRADER_ERROR:
        return None
    if report.outcome is Outcome.REJECTED:
        return report.model_copy(update=now)
    exercises = {exercise.id: exercise for exercise in assignment.exercises}
    questions = {question.id: question.points for question in assignment.questions}
    results = [_exercise(result, exercises[result.id]) for result in report.exercises]
    manual = [each.model_copy(update={"max_score": questions[each.id]}) for each in report.manual]
    score = round(sum(result.score for result in results), 2)
    return report.model_copy(update=now | {"exercises": results, "manual": manual, "score": score})


def _exercise(result: ExerciseResult, exercise: Exercise) -> ExerciseResult:
    times = Counter(_name(check) for check in result.checks)
    checks = []
    for check in result.checks:
        settings = exercise.checks[_name(check)]
        weight = settings.weight / times[_name(check)] if check.weight else 0.0
        now = {"weight": weight, "visibility": settings.visibility}
        checks.append(check.model_copy(update=now))
    made = exercise_result(result.id, exercise.points, checks, result.message)
    changed = {key: getattr(made, key) for key in ("score", "max_score", "outcome", "checks")}
    return result.model_copy(update=changed)


def _name(check: CheckResult) -> str:
    """Return the name of a check in assignment.toml, whatever its parameters."""
    return check.id.partition("[")[0]
