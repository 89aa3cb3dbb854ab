"""What a certificate says, as data: certificate.json, and the summary of it that is committed.

    Certificate               build/certificate/<assignment>/certificate.json
    ├── Summary               checks/<assignment>/certificate.json: numbers, and of what they are
    │   ├── Row                   how many submissions of a kind kept all points, how many lost some
    │   ├── Exercises             the same for each exercise in each of them
    │   ├── Ideas                 how many mistakes had the wrong idea behind them named
    │   └── ByExercise            what was wrong in an exercise, and which checks found it
    ├── Result                what became of one case or mutant
    ├── Equivalent            a mutant that is no mistake, and why
    └── Finding               what must not be, by name

Numbers of a submission that was graded with several seeds: it counts once, as what it was at worst.
"""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.certificate.errors import CertificateError


class Fault(StrEnum):
    """What must not be; a summary's `faults` name the cases and mutants in which each was found."""

    RIGHT_LOST = "right_lost"  # a right solution lost points
    WRONG_FULL = "wrong_full"  # an exercise with a mistake, or a mutant's, kept all its points
    LOST_ELSEWHERE = "lost_elsewhere"  # an exercise lost points though it is right there
    GAINED = "gained"  # an attack scored more than its case allows
    MISNAMED = "misnamed"  # a wrong idea was named that is not the one behind it
    EQUIVALENT_LOST = "equivalent_lost"  # a mutant that is listed as equivalent lost points
    NOT_GRADED = "not_graded"  # something of ours broke, or a notebook was refused


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Row(_Record):
    """Submissions of a kind: `full` kept all points, `lost` lost some; of attacks, `gained` gained."""

    kind: str
    trials: int = 0
    full: int = 0
    lost: int = 0
    gained: int = 0


class Exercises(_Record):
    """Exercises in all submissions but attacks: those that are right there, those that are wrong there."""

    right_full: int = 0
    right_lost: int = 0
    wrong_full: int = 0
    wrong_lost: int = 0


class Caught(_Record):
    """How many wrong exercises a check found, and how many of them no other check did."""

    caught: int = 0
    alone: int = 0


class Ideas(_Record):
    """Wrong exercises of mistakes in which something was attempted, and what was said to be behind them.

    `known` is how many ideas the assignment knows. Of the `exercises` the right idea was `named` in so many,
    another one in `misnamed`, and none in the others. A mistake that was graded with several seeds counts as
    what it was at worst.
    """

    known: int = 0
    exercises: int = 0
    named: int = 0
    misnamed: int = 0


class ByExercise(_Record):
    """What was wrong in an exercise, and what found it: checks by name, in the file's order.

    `mutants` are those that are not equivalent.
    """

    id: str
    mistakes: int = 0
    mistakes_found: int = 0
    mutants: int = 0
    mutants_found: int = 0
    equivalent: int = 0
    checks: dict[str, Caught] = {}


class Summary(_Record):
    """The numbers. `course` is the digest of checks, master and release; `cases` counts the folders there.

    `left_out` says which kinds of cases were not graded, and why; `dropped` counts the mutations that made
    no mutant, by reason.
    """

    schema_version: Literal[1] = Field(default=1, alias="schema")
    assignment: str
    engine: str
    judged_by: str
    course: str
    seeds: list[int]
    cases: dict[str, int]
    left_out: dict[str, str]
    dropped: dict[str, int]
    matrix: list[Row]
    exercises: Exercises
    ideas: Ideas = Ideas()
    by_exercise: list[ByExercise]
    faults: dict[Fault, list[str]]
    unsteady: int


class Result(_Record):
    """What became of a case or mutant: its score with each seed, the checks that did not pass by exercise.

    `loses` is that with the first seed; `seconds` is the wall time of all seeds together.
    """

    kind: str
    name: str
    why: str
    scores: list[float | None]
    max_score: float
    loses: dict[str, list[str]]
    seconds: float


class Equivalent(_Record):
    """A mutant that no check need find: `line` stands in place of `original`, and `why` it may."""

    name: str
    original: str
    line: str
    why: str


class Finding(_Record):
    """One thing that must not be, about one case or mutant."""

    fault: Fault
    kind: str
    name: str
    sentence: str


class Certificate(Summary):
    """Everything. `unsteady_scores` has the scores of what does not score the same with every seed."""

    results: list[Result]
    equivalent: list[Equivalent]
    unsteady_scores: dict[str, list[float | None]]
    findings: list[Finding]

    def summary(self) -> Summary:
        """Return the numbers alone."""
        return Summary(**{name: getattr(self, name) for name in Summary.model_fields})


def write(record: Summary) -> str:
    """Return a record as JSON."""
    return json.dumps(record.model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"


def read_summary(path: Path) -> Summary:
    """Return the summary in a file. Raises CertificateError where there is none."""
    try:
        content: Any = json.loads(path.read_text("utf-8"))
        return Summary.model_validate(content)
    except (OSError, ValueError, ValidationError) as error:
        raise CertificateError(f"{path} is no summary of a certificate: {error}") from error
