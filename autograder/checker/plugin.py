"""The pytest plugin that turns hidden checks into a report.

pytest collects the checks once. Then, in place of its own loop, the plugin waits for submissions: each is
graded by a fork of this very process, so that one submission leaves nothing behind for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder import report
from autograder.checker import sentences
from autograder.checker.attempt import Attempt, Graded, TimeIsUp
from autograder.checker.channel import StudentError, StudentFault, StudentTimeout
from autograder.checker.seeds import Seeds
from autograder.checker.student import Student
from autograder.checker.workers import Workers
from autograder.plaintext import one_line
from autograder.protocol.control import Ending
from autograder.report import CheckResult, ExerciseResult
from autograder.submission.assignment import Assignment, Exercise
from autograder.submission.restore import MISSING, UNTOUCHED

Serve = Callable[["Grader", pytest.Session], None]


class GraderFault(RuntimeError):
    """A check of ours broke: the submission's outcome is grader_error, never a score."""


class Grader:
    """Grades submissions with the checks that pytest collected."""

    def __init__(
        self,
        assignment: Assignment,
        workers: Workers,
        reference: Student,
        seeds: Seeds,
        serve: Serve,
    ) -> None:
        self._assignment = assignment
        self._workers = workers
        self._reference = reference
        self._seeds = seeds
        self._serve = serve
        self._attempt: Attempt | None = None
        self._seed = 0
        self._error: BaseException | None = None

    def pytest_configure(self, config: pytest.Config) -> None:
        """Declare the one marker that checks use, and keep failures short.

        The other styles show arguments, and writing a student's array out can take minutes.
        """
        config.option.tbstyle = "native"
        config.addinivalue_line("markers", "weight(n): this check's share of its exercise's points")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Serve submissions in place of running the checks once."""
        self._serve(self, session)
        return True

    def pytest_exception_interact(self, call: pytest.CallInfo[Any]) -> None:
        """Remember what a check raised: the report is made from the exception, not from its text."""
        self._error = call.excinfo.value if call.excinfo else None

    @pytest.fixture
    def student(self) -> Student:
        """The student's functions."""
        assert self._attempt is not None
        return self._attempt.student()

    @pytest.fixture
    def script(self) -> Callable[[str], Any]:
        """The student's cell that is an exercise itself, by the exercise's id."""
        assert self._attempt is not None
        return self._attempt.script

    @pytest.fixture
    def reference(self) -> Iterator[Student]:
        """The master's functions, behind the same interface."""
        self._reference.ask("seed", self._seeds.for_notebook(self._seed))
        yield self._reference
        self._reference.tidy_up()

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """A generator for this check's fresh inputs."""
        return self._seeds.for_check(self._seed, request.node.nodeid)

    def grade(self, session: pytest.Session, graded: Graded) -> dict[str, Any]:
        """Return the report's part about the exercises. Raises GraderFault where a check of ours broke."""
        self._seed = graded.seed
        self._attempt = Attempt(graded, self._workers, self._seeds.for_notebook(graded.seed))
        results = []
        for exercise in self._assignment.exercises:
            items = [item for item in session.items if item.path.stem == f"test_{exercise.id}"]
            if not items:
                raise GraderFault(f"there is no hidden check for {exercise.id}")
            results.append(self._grade_exercise(exercise, items, graded))
        self._workers.kill()
        return report.graded(results, self._workers.breach)

    def _grade_exercise(
        self, exercise: Exercise, items: list[pytest.Item], graded: Graded
    ) -> ExerciseResult:
        assert self._attempt is not None
        result = ExerciseResult(exercise.id, exercise.points)
        state = graded.plan.states[exercise.id]
        if state in (UNTOUCHED, MISSING):
            say = sentences.missing if state == MISSING else sentences.not_attempted
            return _all(result, items, report.NOT_ATTEMPTED, say(exercise.id))
        self._attempt.begin(fresh=False)
        result.checks = self._judge(exercise.id, items, graded)
        while result.outcome != report.PASSED and self._attempt.doubtful:
            self._attempt.begin(fresh=True)
            result.checks = self._judge(exercise.id, items, graded)
        return result

    def _judge(self, exercise: str, items: list[pytest.Item], graded: Graded) -> list[CheckResult]:
        """Run the checks of an exercise; stop where what follows would say nothing new."""
        assert self._attempt is not None
        checks: list[CheckResult] = []
        for tried, item in enumerate(items, 1):
            outcome, message = self._run(item, exercise, graded)
            checks.append(CheckResult(_name(item), outcome, _weight(item), message))
            if outcome != report.PASSED and self._attempt.doubtful:
                break  # a fresh worker judges all of them anew
            if outcome == report.TIMEOUT:
                sentence = sentences.out_of_time(exercise)
                rest = items[tried:]
                return checks + [
                    CheckResult(_name(i), report.TIMEOUT, _weight(i), sentence) for i in rest
                ]
        return checks

    def _run(self, item: pytest.Item, exercise: str, graded: Graded) -> tuple[str, str]:
        """Run one check; return its outcome and the sentence for the student."""
        self._error = None
        problem = self._undefined(exercise, graded)
        if problem:
            return problem
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        error = self._error
        assert self._attempt is not None
        self._attempt.settle()
        if error is None:
            return report.PASSED, ""
        if isinstance(error, AssertionError | pytest.fail.Exception):
            return report.FAILED, one_line(str(error), 600)
        if isinstance(error, MemoryError):
            return report.ERROR, sentences.too_large(exercise)
        if isinstance(error, TimeIsUp):
            return report.TIMEOUT, sentences.out_of_time(exercise)
        if not isinstance(error, StudentFault):
            raise GraderFault(f"the check {item.nodeid} broke") from error
        return self._faulted(exercise, error)

    def _faulted(self, exercise: str, error: StudentFault) -> tuple[str, str]:
        """Return outcome and sentence for what student code did; let go of a worker that is lost."""
        assert self._attempt is not None
        if isinstance(error, StudentTimeout):
            self._attempt.drop()
            return report.TIMEOUT, sentences.fault(exercise, error)
        ending = Ending.RUNS
        if not isinstance(error, StudentError):
            ending = self._attempt.lost()
        return report.ERROR, sentences.fault(exercise, error, ending)

    def _undefined(self, exercise: str, graded: Graded) -> tuple[str, str] | None:
        """Return outcome and sentence where the exercise's function does not exist, else None."""
        assert self._attempt is not None
        if self._attempt.script(exercise):
            return None
        try:
            if self._attempt.student().ask("defines", exercise) is True:
                return None
        except TimeIsUp:
            return report.TIMEOUT, sentences.out_of_time(exercise)
        except StudentFault as error:
            return self._faulted(exercise, error)
        trouble = self._attempt.troubles.get(exercise)
        outcome, did = graded.unusable.get(exercise, (report.ERROR, None))
        return outcome, sentences.undefined(exercise, trouble, did)


def _name(item: pytest.Item) -> str:
    return item.name.removeprefix("test_")


def _weight(item: pytest.Item) -> float:
    marker = item.get_closest_marker("weight")
    return float(marker.args[0]) if marker else 1.0


def _all(
    result: ExerciseResult, items: list[pytest.Item], outcome: str, message: str
) -> ExerciseResult:
    result.all_as, result.message = outcome, message
    result.checks = [CheckResult(_name(item), outcome, _weight(item)) for item in items]
    return result
