"""Claims about a breach: it is seen, it is in the report, and nobody else meets its session."""

import os
import socket
from pathlib import Path

import pytest

from autograder.batch import local
from autograder.batch.discover import Submission
from autograder.batch.job import Job
from autograder.batch.store import Store
from autograder.checker.channel import Channel, StudentFault
from autograder.checker.workers import ParentGone, Workers
from autograder.course.folder import Course
from autograder.engines.base import Session
from autograder.protocol.control import REMAINS, Ending
from autograder.protocol.messages import Done, Request
from autograder.report import Report
from autograder.sandbox.leftovers import Leftovers
from samples import corpus
from tests.helpers.forks import in_fork
from tests.helpers.grading import SEED
from tests.helpers.sessions import ON_THE_KERNEL, usable


def test_bytes_that_are_no_message_are_a_breach():
    """An exception or the end of the process is none: that happens to honest code, too."""
    seen: list[str] = []
    for sent, breaches in ((b"", 0), (b"\xff" * 100, 1)):
        ours, theirs = socket.socketpair()
        theirs.sendall(sent)
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(StudentFault):
            Channel(ours, seen.append).request(Request("weights", [], {}), 5.0, lambda ask: Done(0))  # type: ignore[arg-type,return-value]
        theirs.close()
        assert len(seen) == breaches


def test_what_the_parent_finds_after_a_worker_is_a_breach():
    """The checker hears of it with the next worker, or at the end."""
    ours, parents = socket.socketpair()
    workers = Workers(ours)
    parents.sendall(REMAINS)
    workers.kill()
    assert workers.breach is not None


def test_an_answer_that_no_parent_gives_is_our_fault():
    """It can never be told of a student."""
    ours, parents = socket.socketpair()
    parents.sendall(b"?")
    with pytest.raises(ParentGone):
        Workers(ours).ending()
    parents.sendall(Ending.MEMORY.value)
    assert Workers(ours).ending() == Ending.MEMORY


@pytest.mark.parametrize("name", ["a file", "a folder"])
def test_what_lies_beside_the_scratch_folders_is_found(name: str, open_folder: Path):
    """What was there before is ours; what comes is not."""
    (open_folder / "ours").touch()
    leftovers = Leftovers(open_folder, set())
    leftovers.remember()
    assert not leftovers.found()
    if name == "a file":
        (open_folder / name).touch()
    else:
        (open_folder / name).mkdir()
    assert leftovers.found()


def test_what_belongs_to_other_programs_is_no_leftover(open_folder: Path):
    """Where we share the machine, what appears in its shared folders may be anybody's."""

    def body() -> list[bool]:
        leftovers = Leftovers(open_folder, set())
        leftovers.remember()
        path = Path("/dev/shm") / f"autograder-test-{os.getpid()}"
        path.touch()
        shared = leftovers.found()
        leftovers._alone = True
        alone = leftovers.found()
        path.unlink()
        return [shared, alone]

    assert in_fork(body) == [False, True]


@pytest.mark.heavy
@pytest.mark.parametrize("engine_name", ON_THE_KERNEL)
def test_a_session_that_saw_a_breach_is_replaced(
    engine_name: str, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """The next submission gets a fresh one; both keep the points that they earn."""
    engine = usable(engine_name, course)
    sessions: list[Session] = []
    start = engine.start

    def counted() -> Session:
        sessions.append(start())
        return sessions[-1]

    monkeypatch.setattr(engine, "start", counted)
    cases = {case.name: case for case in corpus.choose()}
    names = ("forges_results_on_every_descriptor", "sequential_model", "subclassed_model")
    submissions = []
    for name in names:
        path = tmp_path / f"{name}.ipynb"
        path.write_bytes(cases[name].notebook())
        submissions.append(Submission(name, path))
    reports: dict[str, Report] = {}
    job = Job(
        assignment=course.assignment, engine=engine, judged_by=engine.digest(), max_score=100.0,
        seed_for=lambda sha256: SEED,
    )  # fmt: skip
    local.grade(job, submissions, Store(tmp_path / "out"), lambda r: reports.update({r.student: r}))
    assert [reports[name].breach is not None for name in names] == [True, False, False]
    for name in names:
        assert corpus.compare(cases[name], reports[name]) == []
    assert len(sessions) == 2
