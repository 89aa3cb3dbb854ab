"""One submission's results.json for Gradescope: its score, and a test for every check."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from autograder.outputs.single import is_open, points, said, scored, title, words
from autograder.report import Report, Verdict, Visibility

ONE_REPORT = True
_TEXT = "text"  # which Gradescope escapes: whatever a student wrote is no markup


def make(reports: Sequence[Report]) -> str:
    """Return the results of the one report. Raises UsageError where there are more, or no score.

    Each check keeps its visibility. Gradescope shows students no total while a test is hidden from them; for
    the same reason visible checks have no points where others of their exercise are not visible.
    """
    report = scored(reports, "Gradescope")
    results = {
        "score": report.score,
        "execution_time": round(report.seconds),
        "output": words(report),
        "output_format": _TEXT,
        "test_output_format": _TEXT,
        "test_name_format": _TEXT,
        "visibility": "visible",
        "stdout_visibility": "hidden",  # it has what only the instructor may read
        "extra_data": {
            "assignment": report.assignment,
            "submission_sha256": report.submission_sha256,
            "judged_by": report.judged_by,
            "seed": report.seed,
        },
        "tests": list(_tests(report)),
    }
    return json.dumps(results, indent=2) + "\n"


def _tests(report: Report) -> Iterator[dict[str, Any]]:
    for exercise in report.exercises:
        for check, earned, worth in points(exercise):
            has_points = is_open(exercise) or check.visibility is not Visibility.VISIBLE
            yield {
                "name": title(exercise, check),
                "name_format": _TEXT,
                **({"score": earned, "max_score": worth} if has_points else {}),
                "status": "passed" if check.outcome is Verdict.PASSED else "failed",
                "output": said(exercise, check),
                "output_format": _TEXT,
                "tags": [exercise.id],
                "visibility": check.visibility.value,
            }
