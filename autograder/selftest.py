"""A self-test: the hidden checks judge the master and the untouched release before they judge a class.

The master must earn every point that checks give, whatever inputs they draw, and the release none. What is
otherwise, a person who writes checks wants to know with the check and the line in which it ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.course.folder import Course
from autograder.engines.base import Engine
from autograder.errors import AutograderError
from autograder.fault import headline
from autograder.release.generate import check_release
from autograder.report import ExerciseResult, Judgement, Outcome, Verdict
from autograder.submission.assignment import Exercise, load_assignment
from autograder.submission.normalised import normalised

SEEDS = range(3)
_RELEASED = (
    "{exercise}: the release holds the master's solution, so that whoever hands in a solution counts as not "
    "having begun. Run 'autograder release'; if that changes nothing, nothing is to be written between the "
    "markers."
)


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be, in one sentence."""

    sentence: str


def run(course: Course, engine: Engine) -> Iterator[Finding]:
    """Grade master and release in a real session; yield what is not as it must be.

    Raises EngineError where the session breaks, SettingsError and ReleaseError where it cannot be had.
    """
    assignment = load_assignment(course)
    if solved := [each.id for each in assignment.exercises if _is_released(each)]:
        yield from (Finding(_RELEASED.format(exercise=name)) for name in solved)
        return  # nobody's work could be told from what was released
    yield from _of_stale_release(course)
    expected = sum(exercise.points for exercise in assignment.exercises)
    session = engine.start()
    try:
        for seed in SEEDS:
            judgement = session.grade(course.master.read_bytes(), seed, explain=True)
            yield from _of_master(judgement, expected, seed)
            if judgement.outcome is Outcome.GRADER_ERROR:
                return  # the same fault with every seed would say nothing new
        yield from _of_release(session.grade(course.released.read_bytes(), 0, explain=True))
    finally:
        session.close()


def _is_released(exercise: Exercise) -> bool:
    return normalised(exercise.solution.source) == normalised(exercise.scaffold)


def _of_stale_release(course: Course) -> Iterator[Finding]:
    """Yield what differs in the release that students get: what is tried here is not what they have."""
    try:
        differences = check_release(course.root, course.assignment)
    except AutograderError as error:
        yield Finding(str(error))
        return
    yield from (Finding(f"{difference}: run 'autograder release'.") for difference in differences)


def _of_master(judgement: Judgement, expected: float, seed: int) -> Iterator[Finding]:
    if judgement.outcome is not Outcome.GRADED:
        said = headline(judgement.fault) if judgement.fault else judgement.message
        yield Finding(f"The master was not graded: {said}")
        return
    for exercise in judgement.exercises:
        yield from _lost(exercise, seed)
    if not judgement.exercises and expected:
        yield Finding("The master's judgement has no exercises.")


def _lost(exercise: ExerciseResult, seed: int) -> Iterator[Finding]:
    """Yield each check that the master's own solution does not pass."""
    for check in exercise.checks:
        if check.outcome is not Verdict.PASSED:
            where = (check.model_extra or {}).get("where", f"test_{exercise.id}.py")
            yield Finding(
                f"{exercise.id}, the check {check.id} ({where}, seed {seed}): the master's solution ends as "
                f"{check.outcome}. {check.message or exercise.message}"
            )


def _of_release(judgement: Judgement) -> Iterator[Finding]:
    if judgement.outcome is not Outcome.GRADED:
        said = headline(judgement.fault) if judgement.fault else judgement.message
        yield Finding(f"The untouched release was not graded: {said}")
        return
    for exercise in judgement.exercises:
        if exercise.outcome is not Verdict.NOT_ATTEMPTED or exercise.score:
            yield Finding(
                f"{exercise.id}: in the untouched release it ends as {exercise.outcome} with "
                f"{exercise.score:g} points, in place of not_attempted with 0. Is its region empty of work?"
            )
