"""The record of one graded submission, from which everything else is made, and its vocabulary.

    Report                who, what, when and with what, around a
    └── Judgement         how the submission fared: what a grading session answers
        ├── ExerciseResult    what an exercise earned, and its checks
        │   └── CheckResult
        └── ManualResult      what is left to a person: an answer in words

A key that this version does not know is kept, so that a report which another version or an instructor's
own tool has added to passes through here unharmed. `report.schema.json` beside this file is the JSON
Schema, generated from these classes: python -m autograder.report > autograder/report.schema.json
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.errors import AutograderError

SCHEMA_VERSION = 2
SCHEMA_FILE = Path(__file__).with_name("report.schema.json")
_HEAD = ("schema", "assignment", "student")  # what a person looks for first

_OUR_FAULT = (
    "Something in the autograder went wrong while this was graded. That costs you nothing: your "
    "instructor knows of it and will have it graded again."
)


class Verdict(StrEnum):
    """How a check ended; an exercise has the verdict of its first check that counts and did not pass."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIMEOUT = "timeout"
    NOT_ATTEMPTED = "not_attempted"


class Outcome(StrEnum):
    """What became of a submission."""

    GRADED = "graded"
    REJECTED = "rejected"
    GRADER_ERROR = "grader_error"


class Visibility(StrEnum):
    """When a student may see how a check ended (the words are Gradescope's)."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    AFTER_DUE_DATE = "after_due_date"
    AFTER_PUBLISHED = "after_published"


class State(StrEnum):
    """What became of the place in the notebook where an exercise is solved."""

    ATTEMPTED = "attempted"
    UNTOUCHED = "untouched"
    MISSING = "missing"


class NotAReport(AutograderError):
    """Some JSON is no report of this version; the text says where it differs."""


class _Record(BaseModel):
    # Every key is always written, so the schema asks for all of them: no reader needs a default.
    model_config = ConfigDict(extra="allow", json_schema_serialization_defaults_required=True)


class CheckResult(_Record):
    """One check's verdict; `message` is for the student, empty where there is nothing to say.

    One that failed counts nothing where the same cause is charged to another check of the exercise,
    `charged_to`.
    """

    id: str
    outcome: Verdict
    weight: float = Field(ge=0)
    message: str = ""
    visibility: Visibility = Visibility.VISIBLE
    misconception: str | None = None
    charged_to: str | None = None


class ExerciseResult(_Record):
    """One exercise: what it earned and its checks; `message` says what concerns the exercise as a whole.

    `misconception` is the name of the wrong idea behind it, where it is a known one: then `message` has the
    sentence that helps, and what its checks say is detail.
    """

    id: str
    score: float = Field(ge=0)
    max_score: float = Field(ge=0)
    outcome: Verdict
    message: str = ""
    misconception: str | None = None
    checks: list[CheckResult]


class ManualResult(_Record):
    """An answer that a person reads and grades; its points are part of the report's `max_score`."""

    id: str
    max_score: float = Field(ge=0)
    state: State


class Judgement(_Record):
    """How a submission fared. `score` is null for a grader_error, which is never a student's zero.

    `breach` is what the submission did that no notebook does by itself; its session was replaced.
    `fault` is what of ours broke, for the instructor alone: it may quote hidden checks. `advice_fault` is
    what of ours broke while wrong ideas were named, which changes no score.
    """

    outcome: Outcome
    message: str = ""
    score: float | None = Field(ge=0)
    max_score: float = Field(ge=0)
    breach: str | None = None
    fault: str | None = None
    advice_fault: str | None = None
    exercises: list[ExerciseResult] = []
    manual: list[ManualResult] = []


class Report(Judgement):
    """A judgement, and whose it is, of which bytes, by what.

    `judged_by` is the digest of everything that decides a score; `engine_reason` says why this engine was
    taken, empty where it was asked for by name. `note` is a word about what was handed in, empty where there
    is none. `seconds`, wall time, is what differs between two runs.
    """

    schema_version: Literal[2] = Field(alias="schema")
    assignment: str
    student: str
    submission_sha256: str | None = Field(pattern="^[0-9a-f]{64}$")
    note: str = ""
    judged_by: str
    engine: str
    engine_reason: str = ""
    seed: int = Field(ge=0)
    seconds: float = Field(ge=0)

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)


def exercise_result(
    name: str, max_score: float, checks: Sequence[CheckResult], message: str = ""
) -> ExerciseResult:
    """Return the result that these checks make: points in the share of the weights that are not lost.

    A check of weight 0 is shown and decides nothing; one that is charged to another keeps no points for what
    it did not see, either. The score has two decimals.
    """
    counting = [check for check in checks if check.weight]
    failed = [check for check in counting if check.outcome is not Verdict.PASSED]
    total = _charged_here(counting)
    kept = total - _charged_here(failed)
    outcome = failed[0].outcome if failed else Verdict.PASSED
    return ExerciseResult(
        id=name,
        score=round(max_score * kept / total, 2) if total else 0.0,
        max_score=max_score,
        outcome=outcome,
        message=message,
        checks=list(checks),
    )


def _charged_here(checks: Sequence[CheckResult]) -> float:
    return sum(check.weight for check in checks if check.charged_to is None)


def graded(
    exercises: Sequence[ExerciseResult],
    manual: Sequence[ManualResult] = (),
    breach: str | None = None,
) -> Judgement:
    """Return the judgement that says how the exercises went."""
    return Judgement(
        outcome=Outcome.GRADED,
        score=round(sum(exercise.score for exercise in exercises), 2),
        max_score=sum(e.max_score for e in exercises) + sum(m.max_score for m in manual),
        breach=breach,
        exercises=list(exercises),
        manual=list(manual),
    )


def rejected(message: str, max_score: float) -> Judgement:
    """Return the judgement on what is no usable notebook; `message` tells the student what to do."""
    return Judgement(outcome=Outcome.REJECTED, message=message, score=0.0, max_score=max_score)


def grader_error(fault: str, max_score: float) -> Judgement:
    """Return the judgement for a fault of ours, with a sentence for the student that tells nothing of it."""
    return Judgement(
        outcome=Outcome.GRADER_ERROR,
        message=_OUR_FAULT,
        score=None,
        max_score=max_score,
        fault=fault,
    )


def read(text: str | bytes) -> Report:
    """Return the report that JSON holds, keys that are not known here included. Raises NotAReport."""
    try:
        return Report.model_validate(json.loads(text))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        problem = f"{'.'.join(map(str, first['loc'])) or 'the whole'}: {first['msg']}"
    except (ValueError, RecursionError):
        problem = "it is not JSON"
    raise NotAReport(f"This is no report of version {SCHEMA_VERSION}: {problem}.")


def write(report: Report) -> str:
    """Return a report as JSON that may be shown on a terminal or in an editor.

    Names and messages can be a student's: what is not printable (control, format and direction
    characters, lone surrogates) is JSON's escape for it (RFC 8259, section 7).
    """
    content = report.model_dump(mode="json")
    return printable_json({key: content[key] for key in _HEAD} | content)


def printable_json(content: dict[str, Any]) -> str:
    """Return JSON in which whatever is not printable is JSON's escape for it."""
    lines = json.dumps(content, indent=2, ensure_ascii=False).split("\n")
    return "".join(f"{_escaped(line)}\n" for line in lines)


def _escaped(line: str) -> str:
    """Return a line as it is, or with the escape of each character in it that is not printable."""
    if line.isprintable():  # nearly all are, and a report has a thousand
        return line
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in line)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a report (draft 2020-12)."""
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return draft | Report.model_json_schema(mode="serialization")


def schema_text() -> str:
    """Return the schema as it stands in SCHEMA_FILE."""
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    print(schema_text(), end="")
