"""Claims about grading a class: every submission once, going on after an interruption, engines that break."""

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import report
from autograder.batch import local
from autograder.batch.discover import Submission
from autograder.batch.store import Store
from autograder.engines.base import Postponed
from autograder.errors import EngineError
from autograder.report import Judgement, Outcome
from tests.helpers.fake_engine import DIGEST, FakeEngine, job, passing, run


def test_every_submission_gets_its_report(submissions: list[Submission], store: Store):
    """Told to the caller and written to the folder, both the same."""
    reports = run(job(FakeEngine()), submissions, store)
    assert set(reports) == {"ada", "bob", "carol", "dan", "eve"}
    assert {r.student: r for r in store.all().reports} == reports


def test_a_batch_goes_on_where_it_was(submissions: list[Submission], store: Store):
    """What has a report is told again, not graded again."""
    run(job(FakeEngine()), submissions[:3], store)
    engine = FakeEngine()
    reports = run(job(engine), submissions, store)
    assert sorted(notebook for notebook, _ in engine.graded) == [b"dan", b"eve"]
    assert len(reports) == 5


def test_nothing_is_started_where_all_is_graded(submissions: list[Submission], store: Store):
    """A second run of the same command costs no session."""
    run(job(FakeEngine()), submissions, store)
    engine = FakeEngine()
    assert len(run(job(engine), submissions, store)) == 5
    assert engine.sessions == []


@pytest.mark.parametrize(
    "change",
    [{"force": True}, {"judged_by": "sha256:" + "1" * 64}, {"seed": 2}],
    ids=["force", "other checks", "another seed"],
)
def test_what_changes_a_score_has_all_graded_again(
    change: dict[str, Any], submissions: list[Submission], store: Store
):
    """An old report is never passed off as one of now."""
    run(job(FakeEngine()), submissions, store)
    engine = FakeEngine()
    run(job(engine, **change), submissions, store)
    assert len(engine.graded) == 5


def test_a_report_of_an_older_version_is_made_again(submissions: list[Submission], store: Store):
    """It is not current, whatever its digest and seed say, and nothing breaks on it."""
    (old, *_) = run(job(FakeEngine()), submissions[:1], store).values()
    text = report.write(old).replace('"schema": 2', '"schema": 1')
    store.path("ada").write_text(text)
    engine = FakeEngine()
    assert run(job(engine), submissions[:1], store)["ada"].schema_version == report.SCHEMA_VERSION
    assert len(engine.graded) == 1
    assert store.all().unreadable == []


def test_a_report_that_others_added_to_stays_current(submissions: list[Submission], store: Store):
    """Keys that this version does not know neither cost a grading nor get lost."""
    (old, *_) = run(job(FakeEngine()), submissions[:1], store).values()
    text = report.write(old).replace('"student"', '"reviewed_by": "Marie", "student"')
    store.path("ada").write_text(text)
    engine = FakeEngine()
    known = run(job(engine), submissions[:1], store)["ada"]
    assert engine.graded == []
    assert known.model_dump()["reviewed_by"] == "Marie"
    assert store.path("ada").read_text() == text


@pytest.mark.parametrize("run_before", [False, True], ids=["graded", "kept"])
def test_each_submission_is_read_and_hashed_once(
    run_before: bool, submissions: list[Submission], store: Store, monkeypatch: pytest.MonkeyPatch
):
    """Whether it is graded, at the second try in one case, or has its report already."""
    if run_before:
        run(job(FakeEngine()), submissions, store)
    reads, hashed = [], []
    read, sha256 = Submission.read, hashlib.sha256
    monkeypatch.setattr(
        Submission, "read", lambda self: (reads.append(self.student), read(self))[1]
    )
    monkeypatch.setattr(hashlib, "sha256", lambda data: (hashed.append(data), sha256(data))[1])

    def behave(notebook: bytes, call: int) -> Judgement:
        return report.grader_error("It broke.", 1.0) if call == 2 else passing()

    run(job(FakeEngine(behave)), submissions, store)
    assert sorted(reads) == ["ada", "bob", "carol", "dan", "eve"]
    assert sorted(hashed) == [b"ada", b"bob", b"carol", b"dan", b"eve"]


def test_a_report_says_what_graded_and_why_that(submissions: list[Submission], store: Store):
    """The engine's name, the reason why it was taken, the digest of what judged, the seed."""
    reason = "fake: the Docker engine does not answer."
    known = run(job(FakeEngine(), engine_reason=reason), submissions[:1], store)["ada"]
    assert (known.engine, known.engine_reason) == ("fake", reason)
    assert (known.judged_by, known.seed) == (DIGEST, 1)


def test_a_changed_submission_is_graded_again(submissions: list[Submission], store: Store):
    """And only that one."""
    run(job(FakeEngine()), submissions, store)
    submissions[1].path.write_text("better")
    engine = FakeEngine()
    run(job(engine), submissions, store)
    assert engine.graded == [(b"better", 1)]


def test_an_engine_that_breaks_once_is_tried_again(submissions: list[Submission], store: Store):
    """In a fresh session; the student never notices."""

    def behave(notebook: bytes, call: int) -> Judgement:
        if call == 2:
            raise EngineError("It broke.")
        return passing()

    engine = FakeEngine(behave)
    reports = run(job(engine, workers=1), submissions, store)
    assert {r.outcome for r in reports.values()} == {Outcome.GRADED}
    assert len(engine.sessions) == 2


def _breaks_on_bob(how: str) -> Callable[[bytes, int], Judgement]:
    def behave(notebook: bytes, call: int) -> Judgement:
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
    assert reports["bob"].outcome is Outcome.GRADER_ERROR
    assert reports["bob"].score is None
    assert reports["bob"].fault == "It broke."
    assert "broke" not in reports["bob"].message
    assert [r.outcome for r in reports.values()].count(Outcome.GRADED) == 4
    assert sum(notebook == b"bob" for notebook, _ in engine.graded) == 2
    assert len(engine.sessions) >= 3  # nothing is graded in a session that broke
    again = FakeEngine()
    assert run(job(again), submissions, store)["bob"].outcome is Outcome.GRADED
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
    assert reports["ada"].message == "This submission is a link."
    assert "cannot be read" in reports["bob"].message
    for content in reports.values():
        assert (content.outcome, content.score) == (Outcome.REJECTED, 0.0)
        assert (content.submission_sha256, content.seed) == (None, 0)
    assert engine.graded == []


def test_a_disk_that_fails_is_no_students_fault(tmp_path: Path, store: Store):
    """A read that breaks (here as /proc breaks it: EIO) is ours, never a rejection."""
    broken = Submission("ada", Path("/proc/self/mem"))
    report_ = run(job(FakeEngine()), [broken], store)["ada"]
    assert report_.outcome is Outcome.GRADER_ERROR
    assert report_.score is None
    assert "could not be read" in str(report_.fault)


def test_an_interrupt_ends_the_sessions_and_keeps_what_is_done(
    submissions: list[Submission], store: Store
):
    """A submission that was under way has no report, and is graded by the next run."""
    stuck = threading.Event()

    def behave(notebook: bytes, call: int) -> Judgement:
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
    assert [r.student for r in store.all().reports] == ["ada", "bob"]
    assert not any(session.open for session in engine.sessions)


def test_a_submission_that_lets_time_run_out_is_graded_behind_the_others(
    submissions: list[Submission], store: Store
):
    """It is put off once, and has its report like everybody else."""

    def behave(notebook: bytes, call: int) -> Judgement:
        if call == 1:
            raise Postponed
        return passing()

    engine = FakeEngine(behave)
    reports = run(job(engine), submissions, store)
    order = [notebook for notebook, _ in engine.graded]
    assert order[0] == order[-1]
    assert len(order) == 6
    assert set(reports) == {"ada", "bob", "carol", "dan", "eve"}
