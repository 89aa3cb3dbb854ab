"""Which engine to use: the one asked for, else the first that works here."""

from __future__ import annotations

from autograder.course import Course
from autograder.engines.base import Engine
from autograder.engines.bubblewrap import BubblewrapEngine
from autograder.engines.docker import DockerEngine
from autograder.engines.process import ProcessEngine
from autograder.errors import EngineError

NAMES = ("auto", "docker", "bubblewrap", "process")


def engines(course: Course, asked_for: str = "auto") -> list[Engine]:
    """Return the engines to consider, best first.

    Where Docker answers, nothing weaker is considered: an image that is only missing is to be built.
    """
    docker = DockerEngine(course)
    process = ProcessEngine(course, asked_for=asked_for == "process")
    everything: list[Engine] = [docker, BubblewrapEngine(course), process]
    if asked_for != "auto":
        return [engine for engine in everything if engine.name == asked_for]
    return everything if docker.no_engine() else [docker]


def choose(course: Course, asked_for: str = "auto") -> Engine:
    """Return the engine to use; raise EngineError with every reason where none can be used."""
    problems = []
    for engine in engines(course, asked_for):
        problem = engine.problem()
        if problem is None:
            return engine
        problems.append(problem)
    raise EngineError(" ".join(problems))
