"""Claims about a session's two pipes: whatever is at their other end, there is a report or one error."""

import json
import os
import sys
import threading
from pathlib import Path

import psutil
import pytest

from autograder.course.folder import Course
from autograder.course.settings import Limits
from autograder.engines import base
from autograder.engines.base import Session
from autograder.engines.process import ProcessEngine
from autograder.engines.registry import ENGINES
from autograder.engines.runtime import exposed_checks
from autograder.errors import EngineError
from autograder.protocol.codec import encode
from autograder.report import Outcome
from tests.helpers import tiny_course
from tests.helpers.grading import SEED, messages
from tests.helpers.sessions import HASTY

READY = f"import os, sys, time; os.write(1, {encode({'ready': tiny_course.NAME})!r}); "
JUDGEMENT = {"outcome": "graded", "score": 1.0, "max_score": 1.0}
REPORT = f"os.read(0, 10**6); os.write(1, {encode(JUDGEMENT)!r})"


def session(program: str, **more: object) -> Session:
    """A session of the tiny course whose other end is this Python program."""
    course = Course(Path("nowhere"), tiny_course.NAME)
    command = [sys.executable, "-c", program]
    return Session(course, HASTY, command, dict(os.environ), **more)  # type: ignore[arg-type]


def children() -> list[psutil.Process]:
    """All processes that descend from the tests."""
    return psutil.Process().children(recursive=True)


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("", "ended without a report. It said nothing"),
        ("raise SystemExit('no memory')", "It said: no memory"),
        ("print('hello, I am not a frame')", "over the limit"),
        (f"import os; os.write(1, {encode([1])!r})", "without a report"),
        (f"import os; os.write(1, {encode({'outcome': 1})!r})", "without a report"),
        (f"import os; os.write(1, {encode({'ready': 1})[:-1]!r})", "without a report"),
    ],
    ids=["nothing", "an error", "text", "a list", "another message", "half a frame"],
)
def test_a_session_that_does_not_start_is_one_error(program: str, says: str):
    """With its last words; no process and no file is left."""
    cleaned: list[bool] = []
    before = set(children())
    with pytest.raises(EngineError, match=says):
        session(program, clean=lambda: cleaned.append(True))
    assert cleaned == [True]
    assert set(children()) <= before


def test_a_session_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch):
    """It is ended, too."""
    monkeypatch.setattr(base, "START_SECONDS", 0.2)
    before = set(children())
    with pytest.raises(EngineError, match="does not answer"):
        session("import time; time.sleep(1000)")
    assert set(children()) <= before


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        ("sys.exit('lost')", "It said: lost"),
        ("os.read(0, 99); os.write(1, b'x' * 99); time.sleep(99)", "over the limit"),
        ("os.read(0, 99); os.close(1); time.sleep(99)", "without a report"),
    ],
    ids=["by ending", "with text", "by hanging up"],
)
def test_a_session_that_breaks_is_one_error(behaviour: str, says: str):
    """The batch ends what is left of it and starts another one."""
    broken = session(READY + behaviour)
    with pytest.raises(EngineError, match=says):
        broken.grade(b"", SEED)
    broken.kill()


def test_a_session_that_breaks_while_it_reads_is_one_error():
    """A notebook may be larger than what a pipe holds."""
    broken = session(READY + "os.read(0, 10); sys.exit('lost')")
    with pytest.raises(EngineError, match="It said: lost"):
        broken.grade(b"x" * 10**6, SEED)
    broken.kill()


def test_a_report_may_come_in_any_pieces():
    """Byte by byte, and two in one."""
    report = encode(JUDGEMENT | {"message": "x" * 100})
    slowly = f"os.read(0, 10**6); [os.write(1, bytes([b])) for b in {report!r}]; "
    twice = f"os.read(0, 10**6); os.write(1, {report[:9]!r}); os.write(1, {report[9:]!r})"
    open_session = session(READY + slowly + twice)
    for _ in range(2):
        assert open_session.grade(b"notebook", SEED).message == "x" * 100
    open_session.close()


def test_a_large_notebook_goes_through_a_pipe_that_is_read_slowly():
    """The limit of a submission is far above what a pipe holds."""
    notebook = b"x" * (20 * 2**20)
    frame = len(encode({"notebook": notebook, "seed": SEED}))  # to the end, or the pipe breaks
    slowly = f"left = {frame}\nwhile left > 0: left -= len(os.read(0, 65536))\n"
    open_session = session(READY + "\n" + slowly + REPORT.replace("os.read(0, 10**6); ", ""))
    assert open_session.grade(notebook, SEED).score == 1.0
    open_session.close()


@pytest.mark.parametrize("ready", ["policy_gradient", "", 7])
def test_a_session_of_another_assignment_is_refused(ready: object):
    """Its checks would judge what they were not written for: nothing is graded with them (fault 1)."""
    wrong = READY.replace(repr(encode({"ready": tiny_course.NAME})), repr(encode({"ready": ready})))
    assert wrong != READY
    with pytest.raises(EngineError, match=f"judges {ready!r}, not 'tiny'"):
        session(wrong + "sys.stdin.read()")


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_tells_its_session_which_assignment_it_judges(name: str, tmp_path: Path):
    """And which limits take the place of the assignment's own, where there are any (fault 1)."""
    course, started = tiny_course.write(tmp_path), []
    for limits in (None, HASTY):
        engine = ENGINES[name](course, limits)  # type: ignore[call-arg]
        started.append(engine._command("x") if name != "bubblewrap" else engine._command())  # type: ignore[attr-defined]
    for words in started:
        assert words[words.index("--assignment") + 1] == tiny_course.NAME
    usual, hasty = started
    assert "--limits" not in usual
    assert Limits(**json.loads(hasty[hasty.index("--limits") + 1])) == HASTY


def test_limits_of_a_session_take_the_place_of_the_assignments_own(tmp_path: Path):
    """So that nobody waits long for what is known to hang."""
    endless = tiny_course.notebook(double="def double(number):\n    while True: pass")
    judgement = tiny_course.judge(tiny_course.write(tmp_path), endless, Limits(call=1.0))
    assert "did not finish within 1 seconds" in " ".join(messages(judgement, "double"))


def test_what_is_no_judgement_is_one_error():
    """A record that lacks what every judgement has is not passed on."""
    halved = session(READY + f"os.read(0, 999); os.write(1, {encode({'outcome': 'graded'})!r})")
    with pytest.raises(EngineError, match="no judgement"):
        halved.grade(b"", SEED)
    halved.kill()


def test_closing_twice_is_harmless():
    """An interrupt may close what the batch closes again."""
    cleaned: list[bool] = []
    ended = session(READY + "sys.stdin.read()", clean=lambda: cleaned.append(True))
    ended.kill()
    ended.close()
    assert cleaned


def test_a_killed_session_leaves_nothing_behind(tmp_path: Path):
    """Not even a student's process that sleeps: whoever interrupts a batch finds a quiet machine."""
    before = set(children())
    running = ProcessEngine(tiny_course.write(tmp_path)).start()
    sleeping = tiny_course.notebook(double="__import__('time').sleep(1000)")
    outcomes: list[Outcome] = []

    def grade() -> None:
        try:
            outcomes.append(running.grade(sleeping, SEED).outcome)
        except EngineError:
            outcomes.append(Outcome.GRADER_ERROR)

    thread = threading.Thread(target=grade)
    thread.start()
    while len(family := set(children()) - before) < 5:  # parent, reference, checker, fork, worker
        thread.join(0.01)
        assert thread.is_alive()
    running._process.kill()
    thread.join()
    running.kill()
    assert outcomes == [Outcome.GRADER_ERROR]
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []


def test_checks_among_the_libraries_are_not_graded_with():
    """Workers may read Python's libraries; the checks must lie elsewhere."""
    course = Course(Path("/venv/course"), tiny_course.NAME)
    assert exposed_checks(course, Path("/elsewhere")) is None
    sentence = exposed_checks(course, Path("/venv"))
    assert sentence is not None
    assert "move the course folder /venv/course" in sentence
