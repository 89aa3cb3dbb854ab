"""The checker's process: collects the hidden checks once, then grades one submission per fork.

It reads submissions on standard input and writes reports on standard output, as frames of the codec;
the warm parent sees neither.
"""

from __future__ import annotations

import gc
import os
import select
import socket
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from autograder import report
from autograder.checker.attempt import Grading, Postponed
from autograder.checker.channel import Channel
from autograder.checker.console import OPEN_SECONDS, Console
from autograder.checker.naming.advise import Adviser
from autograder.checker.plugin import Grader
from autograder.checker.student import Reference, Student
from autograder.checker.workers import Workers
from autograder.course.folder import Course
from autograder.course.modules import make_importable
from autograder.course.seeds import Seeds
from autograder.course.settings import Limits
from autograder.errors import AutograderError
from autograder.protocol.codec import decode, encode
from autograder.protocol.frames import FrameBuffer
from autograder.submission.assignment import Assignment, load_assignment
from autograder.submission.bounded import read_plan
from autograder.submission.plan import reference_plan
from autograder.submission.read import Rejected

_NOTHING_LEFT = 3


def serve(
    course: Course,
    limits: Limits,
    control: socket.socket,
    reference: socket.socket,
    wrong: socket.socket,
) -> None:
    """Grade submissions from standard input until it ends."""
    output = os.dup(1)
    os.dup2(2, 1)  # whatever prints must not end up among the frames
    try:
        _serve(course, limits, control, (reference, wrong), output)
    except AutograderError as error:  # one sentence, where a traceback would hide it
        sys.exit(str(error))


def _serve(
    course: Course,
    limits: Limits,
    control: socket.socket,
    trusted: tuple[socket.socket, socket.socket],
    output: int,
) -> None:
    make_importable(course)
    assignment = load_assignment(course)
    reference, wrong = trusted
    masters = _load_reference(reference, assignment, limits)
    adviser = Adviser(course, assignment, Channel(wrong), masters)
    service = _Service(assignment, limits, output, masters, adviser)
    grader = Grader(assignment, Workers(control), masters, Seeds(course.checks), service.serve)
    status = pytest.main(_pytest_arguments(course.checks), plugins=[grader])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.exit(f"The hidden checks could not be collected: {grader.problem or repr(status)}")


def _pytest_arguments(checks: Path) -> list[str]:
    """No configuration, cache, plugin or rewriting but ours: messages are the checks' own sentences."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    # Beside what would show or keep something, what does a little around each of a hundred checks.
    absent = (
        "terminal", "capture", "logging", "cacheprovider", "warnings", "unraisableexception",
        "threadexception", "faulthandler",
    )  # fmt: skip
    return [
        *(word for plugin in absent for word in ("-p", f"no:{plugin}")),
        "--assert=plain",
        "--strict-markers",
        "--import-mode=importlib",
        "-c",
        os.devnull,
        f"--rootdir={checks}",
        *map(str, sorted(checks.glob("test_*.py"))),
    ]


def _load_reference(end: socket.socket, assignment: Assignment, limits: Limits) -> Student:
    reference = Reference(Channel(end), lambda: limits.exercise)
    for cell in reference_plan(assignment).cells:
        for raised in reference.cell_errors(cell.name, cell.source):
            raise AutograderError(
                f"The master's cell {cell.name} raised {raised.type_name}: {raised.text} (line "
                f"{raised.line}): mend it, and run 'autograder release'."
            )
    return reference


class _Service:
    """Frames in and out, and a fork for each submission."""

    def __init__(
        self,
        assignment: Assignment,
        limits: Limits,
        output: int,
        reference: Student,
        adviser: Adviser,
    ) -> None:
        self._assignment = assignment
        self._adviser = adviser
        self._reference = reference
        self._limits = limits
        self._output = output

    def say(self, message: dict[str, Any]) -> None:
        """Send one message to the host."""
        data = memoryview(encode(message))
        while data:
            data = data[os.write(self._output, data) :]

    def serve(self, grader: Grader, pytest_session: pytest.Session) -> None:
        """Wait for a submission, fork, let the fork read and grade it, until there are none left.

        The fork is taken here, inside pytest's own loop: the checks are collected once, each submission
        finds them as they were then, and nothing of one submission is there for the next.
        """
        gc.collect()
        gc.freeze()  # keep the collector of each fork from touching, and so copying, what forks share
        gc.set_threshold(20_000, 20, 50)
        self.say({"ready": self._assignment.name})
        while True:
            select.select([0], [], [])
            pid = os.fork()
            if pid == 0:
                self._serve_one(grader, pytest_session)
            status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            if status == _NOTHING_LEFT:
                return
            if status:
                raise SystemExit(f"the checker ended with status {status}")

    def _serve_one(self, grader: Grader, pytest_session: pytest.Session) -> None:
        status = 1
        try:
            request = _read_frame()
            if request is None:
                status = _NOTHING_LEFT
            elif request.get("console"):
                self._open(grader, pytest_session, request)
                status = 0
            else:
                self.say(self._grade(grader, pytest_session, request))
                status = 0
        finally:
            sys.stderr.flush()
            os._exit(status)

    def _open(
        self, grader: Grader, pytest_session: pytest.Session, request: dict[str, Any]
    ) -> None:
        """Serve the calls of a person, whose submission may stay open for as long as it takes."""
        plan = read_plan(self._assignment, request["notebook"], grader.provided(pytest_session))
        limits = self._limits.model_copy(update={"submission": OPEN_SECONDS})
        grading = Grading(plan, request["seed"], limits, explain=True)
        assert grading.recorder is not None
        attempt = grader.attempt(pytest_session, grading)
        Console(attempt, grading.recorder, self._reference).serve(_read_frame, self.say)

    def _grade(
        self, grader: Grader, pytest_session: pytest.Session, request: dict[str, Any]
    ) -> dict[str, Any]:
        """Return the judgement as plain values."""
        most = self._assignment.max_score
        try:
            plan = read_plan(self._assignment, request["notebook"], grader.provided(pytest_session))
            asked = request.get("explain", False), request.get("can_wait", False)
            grading = Grading(plan, request["seed"], self._limits, *asked)
            judgement = grader.grade(pytest_session, grading)
            begin = partial(grader.attempt, pytest_session)
            judgement = self._adviser.advised(judgement, grading, begin)
        except Postponed:
            return {"postponed": True}
        except Rejected as rejected:
            judgement = report.rejected(str(rejected), most)
        except Exception as error:  # whatever breaks here is ours, and must cost nobody a point
            judgement = report.grader_error("".join(traceback.format_exception(error)), most)
        return judgement.model_dump(mode="json")


def _read_frame() -> dict[str, Any] | None:
    """Read exactly one frame from standard input, leaving the next one for the next fork; None at its end."""
    frames = FrameBuffer()
    while data := os.read(0, frames.missing()):
        for body in frames.feed(data):
            request: dict[str, Any] = decode(body)
            return request
    return None
