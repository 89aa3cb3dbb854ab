"""One submission's results.json for PrairieLearn: its share of the points, and a test for every check."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from autograder.outputs.single import is_open, points, said, scored, title, words
from autograder.plaintext import spelled
from autograder.report import ExerciseResult, Outcome, Report, Visibility

ONE_REPORT = True
_MOST_BYTES = 1_000_000  # PrairieLearn takes 1 MB
_SHORTEST = 100
_CUT = "… (cut: PrairieLearn takes 1 MB)"


def make(reports: Sequence[Report]) -> str:
    """Return the results of the one report. Raises UsageError where there are more, or no score.

    `score` is the share of what is graded here: answers that a person grades have points of their own there.
    PrairieLearn knows no hidden tests, so a check that students may not see is left out. A submission that
    was rejected is not gradable, which costs the student no attempt.
    """
    report = scored(reports, "PrairieLearn")
    if report.outcome is Outcome.REJECTED:
        why = words(report)
        return _written({"gradable": False, "format_errors": [why], "message": why})
    possible = sum(exercise.max_score for exercise in report.exercises)
    return _written(
        {
            "gradable": True,
            "score": min(1.0, (report.score or 0.0) / possible) if possible else 0.0,
            "message": words(report),
            "output": "",
            "tests": [test for exercise in report.exercises for test in _tests(exercise)],
        }
    )


def _tests(exercise: ExerciseResult) -> Iterator[dict[str, Any]]:
    """Yield a test for each check that is visible; each has points, since one without hides those of all.

    Where not all are visible, the exercise's points stand in a line of their own.
    """
    shows_points = is_open(exercise)
    for check, earned, worth in points(exercise):
        if check.visibility is Visibility.VISIBLE:
            shown = (earned, worth) if shows_points else (0.0, 0.0)
            yield _test(title(exercise, check), *shown, said(exercise, check))
    if not shows_points:
        name = spelled(f"{exercise.id}: all checks, also those that are not shown")
        yield _test(name, exercise.score, exercise.max_score, "")


def _test(name: str, earned: float, worth: float, message: str) -> dict[str, Any]:
    return {
        "name": name,
        "description": "",
        "points": earned,
        "max_points": worth,
        "message": message,
        "output": "",
    }


def _written(results: dict[str, Any]) -> str:
    """Return the JSON; where it is too long, the longest texts are cut, and say so."""
    most = _MOST_BYTES
    while len(text := json.dumps(results, indent=2) + "\n") > _MOST_BYTES and most > _SHORTEST:
        most //= 2
        results = _shortened(results, most)
    return text


def _shortened(value: Any, most: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= most else value[: most - len(_CUT)] + _CUT
    if isinstance(value, dict):
        return {key: _shortened(each, most) for key, each in value.items()}
    return [_shortened(each, most) for each in value] if isinstance(value, list) else value
