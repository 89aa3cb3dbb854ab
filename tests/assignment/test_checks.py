"""The hidden checks themselves: they survive every answer, and their tools compute what they say."""

import importlib.util
import socket
from collections.abc import Callable, Iterator
from math import comb
from types import ModuleType
from typing import Any

import numpy as np
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


@pytest.fixture(scope="module")
def binomial(course: Course) -> ModuleType:
    """The exact test that select_action is judged with."""
    spec = importlib.util.spec_from_file_location("binomial", course.checks / "binomial.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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


@pytest.mark.parametrize(("k", "n", "p"), [(0, 9, 0.1), (4, 9, 0.5), (9, 9, 0.3), (200, 600, 0.2)])
def test_tails_are_exact(binomial: ModuleType, k: int, n: int, p: float) -> None:
    """The tail of a binomial distribution is that of its definition."""
    masses = [comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(n + 1)]
    exact = 2 * min(sum(masses[: k + 1]), sum(masses[k:]))
    assert binomial.tail(k, n, p) == pytest.approx(exact, rel=1e-6)


@pytest.mark.parametrize("seed", range(50))
def test_honest_draws_fit(binomial: ModuleType, seed: int) -> None:
    """Draws from the very distribution that they are compared with look like it."""
    rng = np.random.default_rng(seed)
    probabilities = rng.dirichlet(np.ones(6))
    assert binomial.fits(rng.choice(6, 600, p=probabilities), probabilities)


@pytest.mark.parametrize(
    "draws",
    [[0] * 600, list(range(6)) * 100, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5] * 50, [0, 1, 2] * 200],
    ids=["always the same", "in turns", "in pairs", "half of the actions"],
)
def test_other_draws_do_not_fit(binomial: ModuleType, draws: list[int]) -> None:
    """Neither wrong frequencies nor draws that depend on each other pass for uniform ones."""
    assert not binomial.fits(draws, np.full(6, 1 / 6))
