"""Claims about faults of ours in a batch: the first cause is told, and nobody's time is wasted on them."""

import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import fault, report
from autograder.batch import local
from autograder.batch.discover import Submission
from autograder.batch.faults import IN_A_ROW, SameFault
from autograder.batch.store import Store
from autograder.errors import EngineError, NotWritten
from autograder.report import Judgement, Outcome, Report
from tests.helpers.fake_engine import FakeEngine, job, passing, run

BROKEN = """\
Traceback (most recent call last):
  File "/opt/course/checks/small/test_train.py", line 12, in test_gamma
    use(gama)
  File "/usr/lib/python3/site-packages/numpy/core.py", line 900, in use
    raise KeyError(name)
KeyError: 'gama'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/opt/course/autograder/checker/plugin.py", line 160, in _run
    raise GraderFault(f"the check {item.nodeid} broke") from error
autograder.checker.plugin.GraderFault: the check test_train.py::test_gamma broke
"""


@pytest.mark.parametrize("stuck", [b"ada", b"bob"])
def test_one_lanes_full_disk_is_told_and_not_what_it_does_to_another(
    stuck: bytes, submissions: list[Submission], store: Store
):
    """The lanes that are ended in the middle find their pipes closed, which raises ValueError there."""
    under_way = threading.Event()

    def behave(notebook: bytes, call: int) -> Judgement:
        if notebook == stuck:
            under_way.set()
            while all(session.open for session in engine.sessions):
                threading.Event().wait(0.01)
            raise ValueError("I/O operation on closed file")
        assert under_way.wait(60)
        return passing()

    def full(content: Report) -> None:
        raise NotWritten("The disk is full.")

    engine = FakeEngine(behave)
    store.write = full  # type: ignore[method-assign]
    with pytest.raises(NotWritten, match="The disk is full"):
        local.grade(job(engine, workers=2), submissions[:2], store, lambda content: None)


def breaks(*students: str, how: str = BROKEN) -> Callable[[bytes, int], Judgement]:
    """A script by which a check of ours breaks for these students."""
    broken = {name.encode() for name in students}
    return lambda notebook, call: report.grader_error(how, 1.0) if notebook in broken else passing()


def test_the_same_fault_three_times_in_a_row_ends_the_batch(
    submissions: list[Submission], store: Store
):
    """In one sentence with its cause; what was graded stays, and nothing more is graded."""
    engine = FakeEngine(breaks("bob", "carol", "dan", "eve"))
    with pytest.raises(SameFault, match=f"{IN_A_ROW} submissions .*KeyError: 'gama'") as stopped:
        local.grade(job(engine, workers=1), submissions, store, lambda content: None)
    assert "\n" not in str(stopped.value)
    assert {r.student: r.outcome for r in store.all().reports} == {
        "ada": Outcome.GRADED, "bob": Outcome.GRADER_ERROR, "carol": Outcome.GRADER_ERROR,
        "dan": Outcome.GRADER_ERROR,
    }  # fmt: skip


def test_a_check_that_broke_twice_for_one_is_tried_once_for_the_next(
    submissions: list[Submission], store: Store
):
    """A retry is for what passes; each costs the start of a session."""
    engine = FakeEngine(breaks("ada", "carol"))
    run(job(engine, workers=1), submissions, store)
    assert [notebook for notebook, _ in engine.graded].count(b"ada") == 2
    assert [notebook for notebook, _ in engine.graded].count(b"carol") == 1


def test_a_session_that_died_is_always_worth_another_try(
    submissions: list[Submission], store: Store
):
    """One submission may have killed its own, which says nothing about the next one's."""

    def behave(notebook: bytes, call: int) -> Judgement:
        if notebook == b"ada" or call == 4:
            raise EngineError("The session ended.")
        return passing()

    reports = run(job(FakeEngine(behave), workers=1), submissions, store)
    assert [r.outcome for r in reports.values()].count(Outcome.GRADED) == 4


@pytest.mark.parametrize(
    "between", [passing(), report.grader_error("Another.", 1.0)], ids=["graded", "other"]
)
def test_faults_that_are_not_in_a_row_do_not_end_the_batch(
    between: Judgement, submissions: list[Submission], store: Store
):
    """Three students with one odd idea each are three grader errors, no more."""

    def behave(notebook: bytes, call: int) -> Judgement:
        return between if notebook == b"carol" else report.grader_error(BROKEN, 1.0)

    assert len(run(job(FakeEngine(behave), workers=1), submissions, store)) == 5


def test_a_headline_is_the_exceptions_own_line_then_where_in_the_checks():
    """Not the library that noticed, nor the exception of ours that was made of it."""
    expected = "KeyError: 'gama' (checks/small/test_train.py, line 12, in test_gamma)"
    assert fault.headline(BROKEN) == expected
    assert fault.cause(BROKEN) == "KeyError: 'gama'"
    assert fault.headline(f"The session ended. It said: {BROKEN}") == expected


def test_a_headline_of_a_fault_met_while_another_was_handled_is_that_of_the_last():
    """What was handled was handled; what came then is to be mended. Its message may have lines."""
    try:
        try:
            int("x")
        except ValueError:
            raise RuntimeError("first line\nsecond line")  # noqa: B904 - that is the case
    except RuntimeError as error:
        text = "".join(traceback.format_exception(error))
    assert fault.cause(text) == "RuntimeError: first line"
    assert f"{Path(__file__).name}, line " in fault.headline(text)


@pytest.mark.parametrize("text", ["", "It broke.", "It said nothing.\nReally."])
def test_a_fault_without_a_traceback_is_its_own_headline(text: str):
    """On one line."""
    assert fault.headline(text) == fault.cause(text) == text.replace("\n", " ")
