"""The checker's process: collects the hidden checks once, then grades one submission per fork.

It reads submissions on standard input and writes reports on standard output, as frames of the codec;
the warm parent sees neither.
"""

from __future__ import annotations

import os
import select
import socket
import sys
import traceback
from pathlib import Path
from typing import Any

import pytest

from autograder import report
from autograder.checker.attempt import Graded
from autograder.checker.channel import Channel
from autograder.checker.plugin import Grader
from autograder.checker.seeds import Seeds
from autograder.checker.student import Reference, Student
from autograder.checker.workers import Workers
from autograder.course import Course
from autograder.limits import LIMITS
from autograder.protocol.codec import FrameBuffer, decode, encode
from autograder.submission.assignment import Assignment, load_assignment
from autograder.submission.bounded import read_plan
from autograder.submission.read import Rejected
from autograder.submission.restore import reference_plan

_NOTHING_LEFT = 3


def serve(course: Course, control: socket.socket, reference: socket.socket) -> None:
    """Grade submissions from standard input until it ends."""
    output = os.dup(1)
    os.dup2(2, 1)  # whatever prints must not end up among the frames
    assignment = load_assignment(course)
    session = _Session(assignment, output)
    grader = Grader(
        assignment,
        Workers(control),
        _load_reference(reference, assignment),
        Seeds(course.checks),
        session.serve,
    )
    status = pytest.main(_pytest_arguments(course.checks), plugins=[grader])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        sys.exit(f"pytest could not collect the hidden checks: {status!r}")


def _pytest_arguments(checks: Path) -> list[str]:
    """No configuration, cache, plugin or rewriting but ours: messages are the checks' own sentences."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    absent = ("terminal", "capture", "logging", "cacheprovider")
    return [
        *(word for plugin in absent for word in ("-p", f"no:{plugin}")),
        "--assert=plain",
        "--strict-markers",
        "--import-mode=importlib",
        "-c",
        os.devnull,
        f"--rootdir={checks}",
        str(checks),
    ]


def _load_reference(end: socket.socket, assignment: Assignment) -> Student:
    reference = Reference(Channel(end), lambda: LIMITS.exercise)
    for cell in reference_plan(assignment).cells:
        reference.run_cell(cell.name, cell.source)
    return reference


class _Session:
    """Frames in and out, and a fork for each submission."""

    def __init__(self, assignment: Assignment, output: int) -> None:
        self._assignment = assignment
        self._output = output

    def say(self, message: dict[str, Any]) -> None:
        """Send one message to the host."""
        data = memoryview(encode(message))
        while data:
            data = data[os.write(self._output, data) :]

    def serve(self, grader: Grader, session: pytest.Session) -> None:
        """Wait for a submission, fork, let the fork read and grade it, until there are none left."""
        self.say({"ready": self._assignment.name})
        while True:
            select.select([0], [], [])
            pid = os.fork()
            if pid == 0:
                self._serve_one(grader, session)
            status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            if status == _NOTHING_LEFT:
                return
            if status:
                raise SystemExit(f"the checker ended with status {status}")

    def _serve_one(self, grader: Grader, session: pytest.Session) -> None:
        status = 1
        try:
            request = _read_frame()
            if request is None:
                status = _NOTHING_LEFT
            else:
                self.say(self._grade(grader, session, request))
                status = 0
        finally:
            sys.stderr.flush()
            os._exit(status)

    def _grade(
        self, grader: Grader, session: pytest.Session, request: dict[str, Any]
    ) -> dict[str, Any]:
        try:
            plan = read_plan(self._assignment, request["notebook"])
            return grader.grade(session, Graded(plan, request["seed"]))
        except Rejected as rejected:
            return report.without_score(report.REJECTED, str(rejected), self._assignment.max_score)
        except Exception as error:  # whatever breaks here is ours, and must cost nobody a point
            fault = "".join(traceback.format_exception(error))
            return report.grader_error(fault, self._assignment.max_score)


def _read_frame() -> dict[str, Any] | None:
    """Read exactly one frame from standard input, leaving the next one for the next fork; None at its end."""
    frames = FrameBuffer()
    while data := os.read(0, frames.missing()):
        for body in frames.feed(data):
            request: dict[str, Any] = decode(body)
            return request
    return None
