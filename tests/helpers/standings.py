"""Standings of the light assignment, as a class's reports come to."""

from __future__ import annotations

from typing import Any

from autograder import report
from autograder.grades.standing import Standing
from autograder.report import (
    CheckResult,
    Judgement,
    ManualResult,
    Report,
    State,
    Verdict,
    exercise_result,
)
from tests.helpers.fake_engine import whole
from tests.helpers.grading import LIGHT

SENTENCE = "The first return is not what it should be."
ASKED = "why_baseline"


def judgement(
    first: float = 1, second: float = 1, answer: State = State.ATTEMPTED, **check: Any
) -> Judgement:
    """How the two exercises went, as parts of their 40 points, and what became of the answer."""
    exercises = []
    for name, part in (("plain_returns", first), ("returns_minus_baseline", second)):
        lost = {"outcome": Verdict.FAILED, "message": SENTENCE} | check
        checks = [CheckResult(id="secret_name", outcome=Verdict.PASSED, weight=part)]
        if part < 1:
            checks.append(
                CheckResult.model_validate({"id": "other_name", "weight": 1 - part} | lost)
            )
        exercises.append(exercise_result(name, 40.0, checks))
    return report.graded(exercises, [ManualResult(id=ASKED, max_score=20.0, state=answer)])


def reported(student: str = "ada", content: Judgement | None = None, **more: Any) -> Report:
    """The report on a student."""
    return whole(content or judgement(), student, assignment=LIGHT, **more)


def standing(student: str = "ada", content: Judgement | None = None, **more: Any) -> Standing:
    """A student's standing without a roster, decisions or anything late, but for what `more` says."""
    made = reported(student, content)
    usual = {"raw": made.score, "final": made.score}
    return Standing(student, made, **(usual | more))
