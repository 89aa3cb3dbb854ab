"""What is graded for a certificate: every case and every mutant as a submission, each with its name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from autograder.batch.job import Job
from autograder.batch.reading import HandedIn
from autograder.cases.expectations import Points
from autograder.cases.loading import ATTACKS, Case, exercise_points, load_cases
from autograder.certificate import mutants
from autograder.course.folder import Course
from autograder.report import Outcome

MUTANTS = "mutants"


@dataclass(frozen=True)
class Trial:
    """One submission that the checks are tried with.

    `wrong` are the exercises that must lose, of an attack those that may; no other one may. `allowed` is
    the most that an attack may score. `rejected` tells that it is to be refused as no usable notebook.
    `why` says what the case is about, or how the mutated line reads. `ideas` has, by exercise, the wrong idea
    that is to be named, "" where none may be, and no entry where nobody said.
    """

    kind: str
    name: str
    why: str
    wrong: frozenset[str]
    build: Callable[[], bytes]
    allowed: float | None = None
    rejected: bool = False
    mutant: mutants.Mutant | None = None
    ideas: Mapping[str, str] = field(default_factory=dict)

    @property
    def student(self) -> str:
        """As whose it is graded: unique over all kinds."""
        return f"{self.kind}.{self.name}"

    def handed_in(self) -> HandedIn:
        """The submission."""
        notebook = self.build()
        return HandedIn(self.student, notebook, hashlib.sha256(notebook).hexdigest())


def of_cases(course: Course) -> list[Trial]:
    """All cases of an assignment. Raises CaseError where one is malformed."""
    points = exercise_points(course)
    return [_of_case(case, points) for case in load_cases(course, points)]


def _of_case(case: Case, points: Points) -> Trial:
    rejected = case.expected.outcome is Outcome.REJECTED
    wrong = frozenset(points if rejected else case.expected.loses)
    allowed = case.expected.score
    if allowed is None:
        allowed = sum(value for name, value in points.items() if name not in wrong)
    stated = {name: loss.misconception for name, loss in case.expected.loses.items()}
    return Trial(
        case.kind, case.name, case.why, wrong, case.notebook,
        allowed=allowed if case.kind == ATTACKS else None, rejected=rejected,
        ideas={name: idea for name, idea in stated.items() if idea is not None},
    )  # fmt: skip


def of_mutants(course: Course, made: mutants.Mutants) -> list[Trial]:
    """All mutants of an assignment."""
    return [_of_mutant(course, mutant) for mutant in made.made]


def _of_mutant(course: Course, mutant: mutants.Mutant) -> Trial:
    why = f"line {mutant.row} of the cell: {mutant.line}"
    wrong = frozenset({mutant.exercise})
    build = partial(mutants.notebook, course, mutant)
    return Trial(MUTANTS, mutant.name, why, wrong, build, mutant=mutant)


def job_with_seed(job: Job, seed: int) -> Job:
    """The job that grades all submissions with this seed."""
    return replace(job, seed_for=lambda sha256: seed)
