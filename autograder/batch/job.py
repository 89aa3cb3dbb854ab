"""What a class is graded with: the same for every submission of a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from autograder.course.folder import Course
from autograder.course.seeds import Seeds
from autograder.engines.base import Engine
from autograder.engines.registry import Choice
from autograder.submission.assignment import load_assignment

MAX_USES = 200  # of one session; a fresh one cannot have grown, whatever we leak


@dataclass(frozen=True)
class Job:
    """What grades, and how; `seed_for` returns the seed of the submission with a digest."""

    assignment: str
    engine: Engine
    judged_by: str
    max_score: float
    seed_for: Callable[[str], int]
    engine_reason: str = ""
    force: bool = False
    workers: int = 1
    max_uses: int = MAX_USES


def make_job(
    course: Course,
    choice: Choice,
    seed: int | None = None,
    force: bool = False,
    workers: int = 1,
    max_uses: int = MAX_USES,
) -> Job:
    """Return the job for an assignment; `seed` is that of all submissions in place of each one's own.

    Raises NoKey, before anything is graded, where the assignment has no secret key.
    """
    seeds = Seeds(course.checks)  # the checks draw with it whatever the seed
    return Job(
        assignment=course.assignment,
        engine=choice.engine,
        judged_by=choice.engine.digest(),
        max_score=load_assignment(course).max_score,
        seed_for=seeds.for_submission if seed is None else lambda sha256: seed,
        engine_reason=choice.reason,
        force=force,
        workers=workers,
        max_uses=max_uses,
    )
