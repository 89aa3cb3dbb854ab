"""The hidden checks themselves survive every answer."""

import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder.checker.attempt import Grading
from autograder.checker.channel import Channel
from autograder.checker.plugin import Grader, GraderFault
from autograder.checker.student import Reference
from autograder.course.folder import Course
from autograder.course.seeds import Seeds
from autograder.course.settings import load_settings
from autograder.protocol.control import Ending
from autograder.report import Outcome
from autograder.submission.assignment import load_assignment
from autograder.submission.plan import reference_plan
from tests.helpers.hostile import Babble

BABBLES = 10


class Babblers:
    """Workers that talk nonsense, another one each time."""

    def __init__(self) -> None:
        self.number = 0
        self.breach = None

    def fresh(self) -> Babble:
        """Return the next one."""
        self.number += 1
        return Babble(self.number)

    def kill(self) -> None:
        """Nothing runs that could be ended."""

    def ending(self) -> Ending:
        """Any end that a worker can come to."""
        return list(Ending)[self.number % len(Ending)]


@pytest.fixture(scope="module")
def reference(worker_parent: socket.socket, course: Course) -> Iterator[Reference]:
    """The master's own solutions in a process of their own."""
    ours, theirs = socket.socketpair()
    socket.send_fds(worker_parent, [b"W"], [theirs.fileno()])
    theirs.close()
    reference = Reference(Channel(ours), lambda: 60.0)
    for cell in reference_plan(load_assignment(course)).cells:
        reference.run_cell(cell.name, cell.source)
    yield reference
    ours.close()


def run_checks(course: Course, reference: Reference, serve: Callable[[Grader, Any], None]) -> int:
    """Collect the hidden checks as grading does and hand them to `serve`."""
    assignment, seeds = load_assignment(course), Seeds(course.checks)
    grader = Grader(assignment, Babblers(), reference, seeds, serve)  # type: ignore[arg-type]
    return pytest.main(
        ["-p", "no:terminal", "-p", "no:capture", "-p", "no:cacheprovider", "--assert=plain",
         "--import-mode=importlib", "-c", "/dev/null", f"--rootdir={course.checks}",
         str(course.checks)],
        plugins=[grader],
    )  # fmt: skip


def test_no_answer_breaks_a_check(
    course: Course, reference: Reference, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a student's process answers or asks, every check ends with a verdict on the student."""
    monkeypatch.syspath_prepend(str(course.release))
    plan = reference_plan(load_assignment(course))
    outcomes, broken = [], []
    limits = load_settings(course).limits

    def serve(grader: Grader, session: Any) -> None:
        for seed in range(BABBLES):
            try:
                outcomes.append(grader.grade(session, Grading(plan, seed, limits)).outcome)
            except GraderFault as fault:
                broken.append(f"seed {seed}: {fault}, {fault.__cause__!r}")

    run_checks(course, reference, serve)  # its status counts what failed, as nearly everything must
    assert broken == []
    assert outcomes == [Outcome.GRADED] * BABBLES
