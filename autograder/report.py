"""The record of one graded submission, from which everything else is made.

`report.schema.json` beside this file is its JSON Schema; DESIGN's word for each field stands there.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

SCHEMA_VERSION = 1
SCHEMA_FILE = Path(__file__).with_name("report.schema.json")

PASSED, FAILED, ERROR = "passed", "failed", "error"
TIMEOUT, NOT_ATTEMPTED = "timeout", "not_attempted"
GRADED, REJECTED, GRADER_ERROR = "graded", "rejected", "grader_error"

_OUR_FAULT = (
    "Something in the autograder went wrong while this was graded. That costs you nothing: your "
    "instructor knows of it and will have it graded again."
)


@dataclass
class CheckResult:
    """One check's verdict; `message` is for the student, empty where there is nothing to say."""

    id: str
    outcome: str
    weight: float
    message: str = ""
    visible: bool = False
    misconception: str | None = None


@dataclass
class ExerciseResult:
    """One exercise: what it earned and its checks; `message` says what concerns the exercise as a whole."""

    id: str
    max_score: float
    checks: list[CheckResult] = field(default_factory=list)
    message: str = ""
    all_as: str | None = None

    @property
    def outcome(self) -> str:
        """`all_as` where one verdict stands for all checks, else that of the first check not passed."""
        if self.all_as:
            return self.all_as
        return next((c.outcome for c in self.checks if c.outcome != PASSED), PASSED)

    @property
    def score(self) -> float:
        """The points times the weight of what passed, over the weight of all; two decimals."""
        total = sum(check.weight for check in self.checks)
        passed = sum(check.weight for check in self.checks if check.outcome == PASSED)
        return round(self.max_score * passed / total, 2) if total else 0.0

    def plain(self) -> dict[str, Any]:
        """Return the exercise as it stands in the report."""
        return {
            "id": self.id,
            "score": self.score,
            "max_score": self.max_score,
            "outcome": self.outcome,
            "message": self.message,
            "checks": [asdict(check) for check in self.checks],
        }


def graded(exercises: list[ExerciseResult], breach: str | None = None) -> dict[str, Any]:
    """Return the part of a report that says how the exercises went.

    `breach` is what the submission did that no notebook does by itself: a sign of an attack on the grader.
    """
    return {
        "outcome": GRADED,
        "message": "",
        "score": round(sum(exercise.score for exercise in exercises), 2),
        "max_score": sum(exercise.max_score for exercise in exercises),
        "breach": breach,
        "fault": None,
        "exercises": [exercise.plain() for exercise in exercises],
    }


def without_score(
    outcome: str, message: str, max_score: float, fault: str | None = None
) -> dict[str, Any]:
    """Return that part for a submission that could not be graded: REJECTED or GRADER_ERROR, and why.

    `fault` is what of ours broke. It may quote the hidden checks, so it is for the instructor alone.
    """
    return {
        "outcome": outcome,
        "message": message,
        "score": 0.0 if outcome == REJECTED else None,
        "max_score": max_score,
        "breach": None,
        "fault": fault,
        "exercises": [],
    }


def text(content: dict[str, Any]) -> str:
    """Return a report as JSON that may be shown on a terminal or in an editor.

    Names and messages can be a student's: what is not printable (control, format and direction
    characters, lone surrogates) is JSON's escape for it (RFC 8259, section 7).
    """
    lines = json.dumps(content, indent=2, ensure_ascii=False)
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in lines) + "\n"


def grader_error(fault: str, max_score: float) -> dict[str, Any]:
    """Return that part for a fault of ours, with a sentence for the student that tells nothing of it."""
    return without_score(GRADER_ERROR, _OUR_FAULT, max_score, fault)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a report."""
    content: dict[str, Any] = json.loads(SCHEMA_FILE.read_text())
    return content
