"""Warm grading sessions of any engine, and what ends a test where this machine has no such engine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from autograder.course.folder import Course
from autograder.course.settings import Limits
from autograder.engines.base import Engine
from autograder.engines.docker import DockerEngine
from autograder.engines.registry import ENGINES
from tests.helpers.grading import ASSIGNMENT, ROOT, Warm

# For submissions that are known to hang: nobody waits longer than it takes to see that.
HASTY = Limits(cell=4.0, call=4.0)
# What touches the kernel is tried in bubblewrap: docker's containers run on the same one.
ON_THE_KERNEL = ("bubblewrap", pytest.param("docker", marks=pytest.mark.exhaustive))


def impossible_here(reason: str) -> None:
    """Skip with one plain sentence; fail where everything is promised to be there."""
    if os.environ.get("AUTOGRADER_REQUIRE_DOCKER") == "1":
        pytest.fail(f"AUTOGRADER_REQUIRE_DOCKER=1, but: {reason}")
    pytest.skip(reason)


def usable(name: str, course: Course, limits: Limits | None = None) -> Engine:
    """Return the engine, with its image built where that is missing; else skip or fail with the reason."""
    engine = ENGINES[name](course, limits)  # type: ignore[call-arg]
    if isinstance(engine, DockerEngine) and engine.answers() and engine.problem():
        engine.build(quiet=True)
    if problem := engine.problem():
        impossible_here(problem)
    return engine


@contextmanager
def warm_sessions() -> Iterator[Callable[..., Warm]]:
    """Give a function from an engine's name to a warm session of it, the same one each time.

    There is one for each assignment, and for each set of `limits` in place of the assignment's own.
    """
    sessions: dict[tuple[str, str, Limits | None], Warm] = {}
    with ExitStack() as stack:

        def warm_on(name: str, assignment: str = ASSIGNMENT, limits: Limits | None = None) -> Warm:
            key = name, assignment, limits
            if key not in sessions:
                sessions[key] = Warm(usable(name, Course(ROOT, assignment), limits))
                stack.callback(sessions[key].close)
            return sessions[key]

        yield warm_on
