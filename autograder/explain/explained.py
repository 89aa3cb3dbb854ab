"""A submission graded once more with its own seed, and what each wanted check did meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.course.folder import Course
from autograder.engines.base import Engine
from autograder.errors import AutograderError, UsageError
from autograder.explain.find import Wanted, checks_of
from autograder.protocol.transcript import Transcript, unpacked
from autograder.report import CheckResult, ExerciseResult, Judgement, Outcome, Report, Verdict


@dataclass(frozen=True)
class ExplainedCheck:
    """One check: the result of now and the verdict of the report, its line in the rubric, what it did.

    `before` is None where the report has no such check, `transcript` where it was not run.
    """

    exercise: str
    result: CheckResult
    before: Verdict | None
    line: str
    transcript: Transcript | None

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        return f"{self.exercise}.{self.result.id}"

    @property
    def where(self) -> str:
        """The line of the checks in which it ended; empty where it passed or was not run."""
        return str((self.result.model_extra or {}).get("where", ""))


@dataclass(frozen=True)
class Explained:
    """A submission: its report, the wanted checks, and those of its cells that raised or printed.

    `exercises` are the results of the exercises that the wanted checks belong to.
    """

    report: Report
    judgement: Judgement
    exercises: list[ExerciseResult]
    checks: list[ExplainedCheck]
    cells: Transcript | None

    def told(self, one: bool) -> list[ExplainedCheck]:
        """Return the checks whose calls are told: where not one alone is wanted, those that did not pass."""
        return [each for each in self.checks if one or each.result.outcome is not Verdict.PASSED]


def explain(
    course: Course, engine: Engine, report: Report, notebook: bytes, wanted: Wanted
) -> Explained:
    """Grade the notebook of a report again and return what its checks did.

    Raises AutograderError where a check of ours breaks, EngineError where no session can be started.
    """
    session = engine.start()
    try:
        judgement = session.grade(notebook, report.seed, explain=True)
    finally:
        session.kill()
    if judgement.outcome is Outcome.GRADER_ERROR:
        raise AutograderError(f"A check of ours broke, so there is no verdict: {judgement.fault}")
    if judgement.outcome is Outcome.REJECTED:
        raise AutograderError(f"Today this submission is rejected: {judgement.message}")
    exercises = [each for each in judgement.exercises if wanted.exercise in ("", each.id)]
    checks = [each for each in _checks(course, report, exercises) if _is_in(each, wanted)]
    if not checks:
        known = ", ".join(check.id for exercise in exercises for check in exercise.checks)
        raise UsageError(f"{wanted.exercise} has no check {wanted.check!r}: it has {known}.")
    cells = (judgement.model_extra or {}).get("cells")
    return Explained(report, judgement, exercises, checks, unpacked(cells) if cells else None)


def _is_in(check: ExplainedCheck, wanted: Wanted) -> bool:
    return wanted.takes(check.exercise, check.result.id)


def _checks(
    course: Course, report: Report, exercises: list[ExerciseResult]
) -> Iterator[ExplainedCheck]:
    before = {(e.id, c.id): c.outcome for e in report.exercises for c in e.checks}
    for exercise in exercises:
        lines = {check.name: check.line for check in checks_of(course, exercise.id)}
        for result in exercise.checks:
            text = (result.model_extra or {}).get("transcript")
            yield ExplainedCheck(
                exercise.id,
                result,
                before.get((exercise.id, result.id)),
                lines.get(result.id.partition("[")[0], ""),
                unpacked(text) if text else None,
            )
