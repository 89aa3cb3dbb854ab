"""The pytest plugin that turns hidden checks into a judgement.

pytest collects the checks once. Then, in place of its own loop, the plugin waits for submissions: each is
graded by a fork of this very process, so that one submission leaves nothing behind for the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from autograder import report
from autograder.checker import hooks, sentences
from autograder.checker.attempt import Attempt, Grading, TimeIsUp
from autograder.checker.channel import StudentError, StudentFault, StudentTimeout
from autograder.checker.checks import Checks
from autograder.checker.student import Student
from autograder.checker.workers import Workers
from autograder.course.seeds import Seeds
from autograder.plaintext import one_line
from autograder.report import CheckResult, ExerciseResult, Judgement, ManualResult, State, Verdict
from autograder.submission.assignment import Assignment, Exercise

Serve = Callable[["Grader", pytest.Session], None]
_PHASES = ["setup", "call", "teardown"]


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
        self._verdicts: dict[str, Verdict] = {}
        self._error: BaseException | None = None
        self._phases: list[pytest.TestReport] = []
        self.problem = ""  # why pytest could not collect the checks

    def pytest_addhooks(self, pluginmanager: pytest.PytestPluginManager) -> None:
        """Declare what a conftest.py among the checks may define beside fixtures."""
        pluginmanager.add_hookspecs(hooks)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Keep failures short: other styles show arguments, and writing out a student's can take minutes."""
        config.option.tbstyle = "native"

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember why a file of checks cannot be imported: what was raised, and from which line."""
        if report.failed and not self.problem:
            lines = str(report.longrepr).strip().splitlines()
            places = [line.strip() for line in lines if report.nodeid in line]
            raised = lines[-1].removeprefix("E  ").strip()
            self.problem = f"{raised} ({(places or [report.nodeid])[-1]})"

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Serve submissions in place of running the checks once; none, where a file of checks is broken."""
        if not self.problem:
            self._serve(self, session)
        return True

    def pytest_exception_interact(self, call: pytest.CallInfo[Any]) -> None:
        """Remember what a check raised: the verdict comes from the exception, not from its text."""
        self._error = call.excinfo.value if call.excinfo else None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember how each phase of a check ended."""
        self._phases.append(report)

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
    def reference(self) -> Student:
        """The master's functions, behind the same interface."""
        return self._reference

    @pytest.fixture
    def verdicts(self) -> dict[str, Verdict]:
        """What became of the exercises that were judged before this one, by their ids."""
        return dict(self._verdicts)

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """A generator for this check's fresh inputs."""
        return self._seeds.for_check(self._seed, request.node.nodeid)

    def provided(self, pytest_session: pytest.Session) -> frozenset[str]:
        """Return the names of the variables that a notebook has before its first cell runs."""
        return frozenset(_variables(pytest_session))

    def attempt(self, pytest_session: pytest.Session, grading: Grading) -> Attempt:
        """Return what runs a submission's cells and hands out its functions."""
        seed = self._seeds.for_notebook(grading.seed)
        return Attempt(grading, self._workers, seed, _variables(pytest_session))

    def grade(self, pytest_session: pytest.Session, grading: Grading) -> Judgement:
        """Return the judgement on a submission. Raises GraderFault where a check of ours broke."""
        self._seed = grading.seed
        self._attempt = self.attempt(pytest_session, grading)
        self._verdicts = {}
        judged = {}
        every = [Checks(each, pytest_session.items) for each in self._assignment.exercises]
        for checks in every:
            if not checks.now and not checks.last:
                raise GraderFault(f"there is no hidden check for {checks.exercise.id}")
            judged[checks.exercise.id] = result = self._grade_exercise(checks, grading)
            self._verdicts[checks.exercise.id] = result.outcome
        for checks in every:
            if checks.last:
                judged[checks.exercise.id] = self._grade_together(checks, judged, grading)
        self._workers.kill()
        states = grading.plan.states
        manual = [
            ManualResult(id=each.id, max_score=each.points, state=states[each.id])
            for each in self._assignment.questions
        ]
        judgement = report.graded(list(judged.values()), manual, self._workers.breach)
        return grading.recorder.with_cells(judgement) if grading.recorder else judgement

    def _grade_exercise(self, checks: Checks, grading: Grading) -> ExerciseResult:
        """Judge an exercise by itself."""
        exercise = checks.exercise
        state = grading.plan.states[exercise.id]
        if state is not State.ATTEMPTED:
            say = sentences.missing if state is State.MISSING else sentences.not_attempted
            items = [*checks.now, *checks.last]
            none = [checks.result(item, Verdict.NOT_ATTEMPTED) for item in items]
            return _result(exercise, none, say(exercise.id))
        return _result(exercise, checks.charged_once(self._settled(checks, checks.now, grading)))

    def _grade_together(
        self, checks: Checks, judged: Mapping[str, ExerciseResult], grading: Grading
    ) -> ExerciseResult:
        """Return the result of an exercise with that of its last checks."""
        exercise = checks.exercise
        before = judged[exercise.id]
        if grading.plan.states[exercise.id] is not State.ATTEMPTED:
            return before
        passed = before.outcome is Verdict.PASSED
        more = self._settled(checks, checks.last, grading) if passed else checks.not_tried()
        return _result(exercise, [*before.checks, *more])

    def _settled(
        self, checks: Checks, items: Sequence[pytest.Item], grading: Grading
    ) -> list[CheckResult]:
        """Run some checks of an exercise, anew in a fresh worker where that is needed.

        Bad news must come from a worker that has served this exercise alone, and that nothing from
        outside has ended: see Attempt. A check of weight 0 counts here, too: the judging stopped at it.
        """
        assert self._attempt is not None
        seconds = checks.exercise.seconds or grading.limits.exercise
        self._reference.ask("seed", 0)  # always the same: another one makes libraries prepare anew
        self._attempt.begin(checks.exercise.id, seconds, fresh=False)
        results = self._judge(checks, items, grading)
        while self._attempt.doubtful and not _all_passed(results):
            self._attempt.begin(checks.exercise.id, seconds, fresh=True)
            results = self._judge(checks, items, grading)
        self._reference.tidy_up()
        return results

    def _judge(
        self, checks: Checks, items: Sequence[pytest.Item], grading: Grading
    ) -> list[CheckResult]:
        """Run some checks of an exercise; stop where what follows would say nothing new."""
        assert self._attempt is not None
        exercise = checks.exercise.id
        results: list[CheckResult] = []
        for tried, item in enumerate(items, 1):
            verdict, message = self._run(item, exercise, grading)
            result = checks.result(item, verdict, message)
            if grading.recorder is not None:
                result = grading.recorder.explained(result, self._error, item)
            results.append(result)
            if verdict is not Verdict.PASSED and self._attempt.doubtful:
                break  # a fresh worker judges all of them anew
            if verdict is Verdict.TIMEOUT:
                said = sentences.out_of_time(exercise)
                rest = items[tried:]
                return results + [checks.result(each, Verdict.TIMEOUT, said) for each in rest]
        return results

    def _run(self, item: pytest.Item, exercise: str, grading: Grading) -> tuple[Verdict, str]:
        """Run one check; return its verdict and the sentence for the student."""
        self._error, self._phases = None, []
        if grading.recorder is not None:
            grading.recorder.begin()
        problem = self._undefined(exercise, grading)
        if problem:
            return problem
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        error = self._error
        assert self._attempt is not None
        self._attempt.settle()
        if error is None:
            self._refuse_unproven(item)
            return Verdict.PASSED, ""
        if isinstance(error, AssertionError | pytest.fail.Exception):
            return Verdict.FAILED, one_line(str(error), 600)
        if isinstance(error, MemoryError):
            return Verdict.ERROR, sentences.too_large(exercise)
        if isinstance(error, TimeIsUp):
            self._attempt.note_timeout()
            self._attempt.never_again(exercise)
            return Verdict.TIMEOUT, sentences.out_of_time(exercise)
        if not isinstance(error, StudentFault):
            raise GraderFault(f"the check {item.nodeid} broke") from error
        return self._faulted(exercise, error)

    def _refuse_unproven(self, item: pytest.Item) -> None:
        """Raise GraderFault unless pytest itself says that the whole check ran and passed.

        A check that is skipped, or expected to fail, raises nothing either: without this it would give
        everybody its points.
        """
        ended = [phase.when for phase in self._phases if phase.passed]
        if ended != _PHASES or any(hasattr(phase, "wasxfail") for phase in self._phases):
            raise GraderFault(
                f"the check {item.nodeid} neither passed nor failed, since it is marked to be skipped or "
                "to fail: take that mark away"
            )

    def _faulted(self, exercise: str, error: StudentFault) -> tuple[Verdict, str]:
        """Return verdict and sentence for what student code did; let go of a worker that is lost."""
        assert self._attempt is not None
        if isinstance(error, StudentTimeout):
            self._attempt.note_timeout()
            self._attempt.never_again(exercise)
            self._attempt.drop()
            return Verdict.TIMEOUT, sentences.fault(exercise, error)
        if not isinstance(error, StudentError):
            self._attempt.never_again(exercise)
            return Verdict.ERROR, sentences.fault(exercise, error, self._attempt.lost())
        hint = self._attempt.hint(error.raised)
        error.raised = self._attempt.told(error.raised)
        return Verdict.ERROR, sentences.fault(exercise, error, hint=hint)

    def _undefined(self, exercise: str, grading: Grading) -> tuple[Verdict, str] | None:
        """Return verdict and sentence where the exercise's function does not exist, else None."""
        assert self._attempt is not None
        if self._attempt.script(exercise):
            return None
        try:
            if self._attempt.defines(exercise):
                return None
        except TimeIsUp:
            self._attempt.note_timeout()
            return Verdict.TIMEOUT, sentences.out_of_time(exercise)
        except StudentFault as error:
            return self._faulted(exercise, error)
        raised = self._attempt.raised.get(exercise)
        verdict, did = grading.unusable.get(exercise, (Verdict.ERROR, None))
        hint = self._attempt.hint(raised) if raised else ""
        return verdict, sentences.undefined(exercise, raised, did, hint)


def _variables(pytest_session: pytest.Session) -> dict[str, Any]:
    """Return what the checks' conftest.py gives a notebook before its first cell runs."""
    given: list[dict[str, Any]] = pytest_session.config.hook.pytest_notebook_variables()
    return {name: value for variables in given for name, value in variables.items()}


def _all_passed(results: list[CheckResult]) -> bool:
    return all(result.outcome is Verdict.PASSED for result in results)


def _result(exercise: Exercise, checks: list[CheckResult], message: str = "") -> ExerciseResult:
    return report.exercise_result(exercise.id, exercise.points, checks, message)
