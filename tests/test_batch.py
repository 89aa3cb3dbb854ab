"""Claims about grading a class: every submission once, going on after an interruption, engines that break."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import report
from autograder.batch import local
from autograder.batch.discover import Submission
from autograder.batch.store import Store
from autograder.errors import EngineError
from tests.fake_engine import FakeEngine, job, passing, run


def test_every_submission_gets_its_report(submissions: list[Submission], store: Store):
    """Told to the caller and written to the folder, both the same."""
    reports = run(job(FakeEngine()), submissions, store)
    assert set(reports) == {"ada", "bob", "carol", "dan", "eve"}
    assert {r["student"]: r for r in store.all()} == json.loads(json.dumps(reports))


def test_a_batch_goes_on_where_it_was(submissions: list[Submission], store: Store):
    """What has a report is told again, not graded again."""
    run(job(FakeEngine()), submissions[:3], store)
    engine = FakeEngine()
    reports = run(job(engine, seed=2), submissions, store)
    assert sorted(notebook for notebook, _ in engine.graded) == [b"dan", b"eve"]
    assert len(reports) == 5
    assert reports["ada"]["seed"] == 1


def test_nothing_is_started_where_all_is_graded(submissions: list[Submission], store: Store):
    """A second run of the same command costs no session."""
    run(job(FakeEngine()), submissions, store)
    engine = FakeEngine()
    assert len(run(job(engine), submissions, store)) == 5
    assert engine.sessions == []


@pytest.mark.parametrize(
    "change",
    [{"force": True}, {"image": "sha256:" + "1" * 64}, {"seed": 2, "only_same_seed": True}],
    ids=["force", "other checks", "a seed that was asked for"],
)
def test_what_changes_a_score_has_all_graded_again(
    change: dict[str, Any], submissions: list[Submission], store: Store
):
    """An old report is never passed off as one of now."""
    run(job(FakeEngine()), submissions, store)
    engine = FakeEngine()
    run(job(engine, **change), submissions, store)
    assert len(engine.graded) == 5


def test_a_changed_submission_is_graded_again(submissions: list[Submission], store: Store):
    """And only that one."""
    run(job(FakeEngine()), submissions, store)
    submissions[1].path.write_text("better")
    engine = FakeEngine()
    run(job(engine), submissions, store)
    assert engine.graded == [(b"better", 1)]


def test_an_engine_that_breaks_once_is_tried_again(submissions: list[Submission], store: Store):
    """In a fresh session; the student never notices."""

    def behave(notebook: bytes, call: int) -> dict[str, Any]:
        if call == 2:
            raise EngineError("It broke.")
        return passing()

    engine = FakeEngine(behave)
    reports = run(job(engine, workers=1), submissions, store)
    assert {r["outcome"] for r in reports.values()} == {report.GRADED}
    assert len(engine.sessions) == 2


def _breaks_on_bob(how: str) -> Callable[[bytes, int], dict[str, Any]]:
    def behave(notebook: bytes, call: int) -> dict[str, Any]:
        if notebook != b"bob":
            return passing()
        if how == "raises":
            raise EngineError("It broke.")
        return report.grader_error("It broke.", 1.0)

    return behave


@pytest.mark.parametrize("how", ["raises", "says so"])
def test_a_submission_that_always_breaks_is_the_graders_error(
    how: str, submissions: list[Submission], store: Store
):
    """No score, not zero; all others are graded; and the next run tries it again."""
    engine = FakeEngine(_breaks_on_bob(how))
    reports = run(job(engine), submissions, store)
    assert reports["bob"]["outcome"] == report.GRADER_ERROR
    assert reports["bob"]["score"] is None
    assert reports["bob"]["fault"] == "It broke."
    assert "broke" not in reports["bob"]["message"]
    assert [r["outcome"] for r in reports.values()].count(report.GRADED) == 4
    assert sum(notebook == b"bob" for notebook, _ in engine.graded) == 2
    assert len(engine.sessions) >= 3  # nothing is graded in a session that broke
    again = FakeEngine()
    assert run(job(again), submissions, store)["bob"]["outcome"] == report.GRADED
    assert again.graded == [(b"bob", 1)]


def test_sessions_are_replaced_after_their_last_use(submissions: list[Submission], store: Store):
    """With a session per submission, none ever sees a second one."""
    engine = FakeEngine()
    run(job(engine, workers=1, max_uses=1), submissions, store)
    assert len(engine.sessions) == 5
    engine = FakeEngine()
    run(job(engine, workers=1, max_uses=2, force=True), submissions, store)
    assert len(engine.sessions) == 3


def test_what_may_not_be_read_is_rejected_with_its_sentence(tmp_path: Path, store: Store):
    """No engine is bothered with it; a file that is gone by now is told so."""
    engine = FakeEngine()
    refused = Submission("ada", tmp_path, "This submission is a link.")
    reports = run(job(engine), [refused, Submission("bob", tmp_path / "gone.ipynb")], store)
    assert reports["ada"]["message"] == "This submission is a link."
    assert "cannot be read" in reports["bob"]["message"]
    for content in reports.values():
        assert (content["outcome"], content["score"]) == (report.REJECTED, 0.0)
        assert content["submission_sha256"] is None
    assert engine.graded == []


def test_a_disk_that_fails_is_no_students_fault(tmp_path: Path, store: Store):
    """A read that breaks (here as /proc breaks it: EIO) is ours, never a rejection."""
    broken = Submission("ada", Path("/proc/self/mem"))
    report_ = run(job(FakeEngine()), [broken], store)["ada"]
    assert report_["outcome"] == report.GRADER_ERROR
    assert report_["score"] is None
    assert "could not be read" in report_["fault"]


def test_an_interrupt_ends_the_sessions_and_keeps_what_is_done(
    submissions: list[Submission], store: Store
):
    """A submission that was under way has no report, and is graded by the next run."""
    stuck = threading.Event()

    def behave(notebook: bytes, call: int) -> dict[str, Any]:
        if call == 3:
            stuck.set()
            while engine.sessions[-1].open:
                stuck.wait(0.01)
            raise EngineError("It was killed.")
        return passing()

    engine = FakeEngine(behave)
    join = threading.Thread.join

    def interrupted(thread: threading.Thread, timeout: float | None = None) -> None:
        if timeout is not None and stuck.is_set():
            raise KeyboardInterrupt
        join(thread, timeout)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threading.Thread, "join", interrupted)
        with pytest.raises(KeyboardInterrupt):
            local.grade(job(engine, workers=1), submissions, store, lambda content: None)
    assert [r["student"] for r in store.all()] == ["ada", "bob"]
    assert not any(session.open for session in engine.sessions)
