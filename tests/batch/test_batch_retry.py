"""Claims about a batch whose engine or disk fails: it waits, goes on, or ends without a wrong report."""

import pytest

from autograder.batch import local, retry
from autograder.batch.discover import Submission
from autograder.batch.store import Store
from autograder.engines.base import Session
from autograder.errors import EngineError, NotWritten
from autograder.report import Judgement, Outcome, Report
from tests.helpers.fake_engine import FakeEngine, job, never, passing, run


def test_no_session_at_all_ends_the_batch_and_keeps_what_is_done(
    submissions: list[Submission], store: Store
):
    """The caller learns why; what was graded before stays, and nobody gets a report for nothing."""
    run(job(FakeEngine()), submissions[:2], store)
    engine = FakeEngine()
    engine.start = never  # type: ignore[method-assign]
    with pytest.raises(EngineError, match="No room"):
        local.grade(job(engine), submissions, store, lambda content: None)
    assert [r.student for r in store.all().reports] == ["ada", "bob"]


def test_a_lane_without_a_session_leaves_its_work_to_the_others(
    submissions: list[Submission], store: Store
):
    """Where there is room for one session only, everybody is graded in it."""
    engine = FakeEngine()
    start = engine.start

    def start_one() -> Session:
        return never() if any(session.open for session in engine.sessions) else start()

    engine.start = start_one  # type: ignore[method-assign]
    reports = run(job(engine), submissions, store)
    assert {r.outcome for r in reports.values()} == {Outcome.GRADED}
    assert len(reports) == 5


def test_a_start_that_fails_twice_is_tried_again(submissions: list[Submission], store: Store):
    """A container that was killed while it started is nobody's error."""
    engine = FakeEngine()
    start, failures = engine.start, iter([never, never])
    engine.start = lambda: next(failures, start)()  # type: ignore[method-assign]  # noqa: PLW0108
    assert len(run(job(engine, workers=1), submissions, store)) == 5


class AwayEngine(FakeEngine):
    """An engine that goes away in the middle of a call, and is back when it was asked often enough."""

    def __init__(self, call: int, asked: int) -> None:
        super().__init__(lambda notebook, number: self._answer(number))
        self.call, self.left = call, asked
        self.away = False

    def _answer(self, number: int) -> Judgement:
        if number == self.call:
            self.away = True
            raise EngineError("Its connection broke.")
        return passing()

    def problem(self) -> str | None:
        """Tell that it does not answer, for as long as it is away."""
        self.left -= self.away
        self.away = self.away and self.left > 0
        return "It does not answer." if self.away else None

    def start(self) -> Session:
        """Start a session, unless it is away."""
        return never() if self.away else super().start()


def test_an_engine_that_comes_back_costs_nobody_a_grade(
    submissions: list[Submission], store: Store
):
    """The batch waits, says so once, and goes on; the submission under way is graded like all others."""
    engine, said = AwayEngine(call=3, asked=3), []
    local.grade(job(engine), submissions, store, lambda content: None, said.append)
    assert {r.student: r.outcome for r in store.all().reports} == dict.fromkeys(
        ("ada", "bob", "carol", "dan", "eve"), Outcome.GRADED
    )
    assert [sentence.partition(".")[0] for sentence in said] == [
        "It does not answer",
        "It is back, and grading goes on",
    ]


def test_an_engine_that_stays_away_ends_the_batch_without_grader_errors(
    submissions: list[Submission], store: Store, monkeypatch: pytest.MonkeyPatch
):
    """The next run finds those without a report, and nobody was told of an error of ours."""
    monkeypatch.setattr(retry, "WAIT", 0.0)
    engine = AwayEngine(call=3, asked=10**9)
    with pytest.raises(EngineError):
        local.grade(job(engine, workers=1), submissions, store, lambda content: None)
    assert [r.student for r in store.all().reports] == ["ada", "bob"]
    again = FakeEngine()
    assert len(run(job(again), submissions, store)) == 5
    assert len(again.graded) == 3


def test_a_report_that_cannot_be_kept_ends_the_batch(submissions: list[Submission], store: Store):
    """Whatever the other lanes could still do; what was kept stays."""
    write = store.write

    def full(content: Report) -> None:
        if content.student == "carol":
            raise NotWritten("The disk is full.")
        write(content)

    store.write = full  # type: ignore[method-assign]
    with pytest.raises(NotWritten, match="The disk is full"):
        local.grade(job(FakeEngine(), workers=1), submissions, store, lambda content: None)
    assert [r.student for r in store.all().reports] == ["ada", "bob"]


def test_what_another_batch_has_graded_meanwhile_is_not_graded_again(
    submissions: list[Submission], store: Store
):
    """Two runs of the same command share the work."""
    other = FakeEngine()

    def behave(notebook: bytes, call: int) -> Judgement:
        if call == 1:
            run(job(other), submissions, store)
        return passing()

    engine = FakeEngine(behave)
    assert len(run(job(engine, workers=1), submissions, store)) == 5
    assert [notebook for notebook, _ in engine.graded] == [b"ada"]
    assert len(other.graded) == 5
