"""Claims about `autograder explain --shell`: a student's functions, across the boundary, a call at a time."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from autograder.course.settings import Limits
from autograder.engines.base import Session
from autograder.protocol.codec import CodecError
from autograder.protocol.transcript import unpacked
from tests.helpers import tiny_course
from tests.helpers.command import Run
from tests.helpers.grading import SEED
from tests.helpers.tiny_course import NAME

SOURCE = """\
import os
print("cells ran")
times = 0

def double(number):
    global times
    times += 1
    print("call", times)
    return 2 * number

def leave():
    print("bye", flush=True)
    os._exit(1)

def stay():
    while True:
        pass

def wall():
    return "\\x9b" * 10**6

def unknown():
    return object()"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A session that has the notebook open."""
    course = tiny_course.write(tmp_path_factory.mktemp("console") / "course")
    session = tiny_course.start(course, Limits(call=1.0, submission=2.0))
    cells = unpacked(session.open(tiny_course.notebook(double=SOURCE), SEED))
    assert [call.printed for call in cells.calls] == ["cells ran\n"]
    yield session
    session.kill()


def test_values_come_back_as_data(session: Session):
    """With what the call printed; the reference answers beside it."""
    answer = session.ask("student", "double", [np.array([1, 2])], {})
    np.testing.assert_array_equal(answer["value"], [2, 4])
    (call,) = unpacked(answer["calls"]).calls
    assert call.printed.startswith("call ")
    assert session.ask("reference", "double", [], {"number": 4})["value"] == 8


@pytest.mark.parametrize(
    ("function", "said"),
    [
        ("leave", "process ended"),
        ("stay", "no answer within 1 seconds"),
        ("nothing_of_that_name", "KeyError: 'nothing_of_that_name'"),
    ],
)
def test_a_call_that_goes_wrong_costs_only_itself(session: Session, function: str, said: str):
    """The next one meets a process that works, for longer than a submission may take."""
    assert said in session.ask("student", function, [], {})["said"]
    assert session.ask("student", "double", [2], {})["value"] == 4


def test_what_cannot_cross_is_refused_before_it_is_sent(session: Session):
    """And the session goes on."""
    with pytest.raises(CodecError):
        session.ask("student", "double", [object()], {})
    assert session.ask("student", "double", [3], {})["value"] == 6


def test_what_is_typed_is_answered(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch):
    """As at Python's own prompt, and no text of a student's steers the terminal or fills it."""
    root = tmp_path / "course"
    tiny_course.write(root)
    monkeypatch.chdir(root)
    path = root / "submitted" / "ada" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(tiny_course.notebook(double=SOURCE))
    assert run("grade", "submitted", "--engine", "process")[0] == 0
    typed = (
        "student.double(21)\nreference.double(4)\nstudent.unknown()\nstudent.wall()\n"
        "student.double(None)\nstudent\nexit()\n"
    )
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    status, output, errors = run("explain", "ada", "--shell")
    assert status == 0
    for said in ("| cells ran", "\n42\n", "8\n", "<the functions of the student>", "| call 1"):
        assert said in output
    assert "TypeError" in errors
    assert "Traceback" not in errors
    assert len(output) < 12_000
    assert "\x9b" not in output
