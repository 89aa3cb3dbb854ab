"""The engines by name, best first, and which of them grades here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from autograder.course.folder import Course
from autograder.engines.base import Engine
from autograder.engines.bubblewrap import BubblewrapEngine
from autograder.engines.docker import DockerEngine
from autograder.engines.process import ProcessEngine
from autograder.errors import EngineError

ENGINES: dict[str, Callable[[Course], Engine]] = {
    DockerEngine.name: DockerEngine,
    BubblewrapEngine.name: BubblewrapEngine,
    ProcessEngine.name: ProcessEngine,
}
AUTO = "auto"


@dataclass(frozen=True)
class Choice:
    """The engine that grades; `reason` has its name and why this one, and is empty where it was asked for."""

    engine: Engine
    reason: str


def choose(course: Course, asked_for: str = AUTO) -> Choice:
    """Return the engine asked for, else the first that works here.

    Where a container engine answers, nothing weaker is taken: an image that is only missing is to be
    built. Raises EngineError with every reason where none can be used.
    """
    if asked_for != AUTO:
        return _named(course, asked_for)
    problems: list[str] = []
    for name, make in ENGINES.items():
        engine = make(course)
        problem = engine.problem(asked_for=False)
        if problem is None:
            why = " ".join(problems) or "it works here, and no other is stronger."
            return Choice(engine, f"{name}: {why}")
        problems.append(problem)
        if isinstance(engine, DockerEngine) and engine.answers():
            break
    raise EngineError(" ".join(problems))


def _named(course: Course, name: str) -> Choice:
    engine = ENGINES[name](course)
    if problem := engine.problem():
        raise EngineError(problem)
    return Choice(engine, "")
