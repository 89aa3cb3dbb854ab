"""What works on this machine, and what to do about what does not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from autograder.course import Course
from autograder.engines.base import Engine
from autograder.engines.bubblewrap import BubblewrapEngine
from autograder.engines.docker import DockerEngine
from autograder.engines.process import ProcessEngine
from autograder.errors import AutograderError, EngineError
from autograder.release.generate import check_release
from autograder.sandbox import walls
from autograder.submission.assignment import load_assignment

_LIBRARIES = ("tensorflow", "gymnasium", "ale-py", "nbgrader", "pytest")
_ENGINES = ("docker", "bubblewrap", "process")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether all is well, and one sentence; where it is not, with the remedy."""

    name: str
    well: bool
    sentence: str


def examine(course: Course) -> Iterator[Finding]:
    """Look at everything that releasing and grading need here."""
    yield _python()
    yield from (_library(name) for name in _LIBRARIES)
    yield _master(course)
    yield _release(course)
    yield from _engines(course)


def can_grade(findings: list[Finding]) -> bool:
    """Tell whether at least one engine works, and the walls hold in it."""
    well = {finding.name for finding in findings if finding.well}
    return any({name, f"{name} walls"} <= well for name in _ENGINES)


def _python() -> Finding:
    version = platform.python_version()
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Finding("python", True, version)
    return Finding(
        "python", False, f"{version} is not supported: install Python 3.11, 3.12 or 3.13."
    )


def _library(name: str) -> Finding:
    for distribution in (name, f"{name}-cpu"):
        try:
            return Finding(name, True, metadata.version(distribution))
        except metadata.PackageNotFoundError:
            continue
    return Finding(name, False, "not installed: run 'make setup'.")


def _master(course: Course) -> Finding:
    try:
        assignment = load_assignment(course)
    except AutograderError as error:
        return Finding("master", False, str(error))
    exercises = f"{len(assignment.exercises)} exercises, {assignment.max_score:g} points"
    return Finding("master", True, exercises)


def _release(course: Course) -> Finding:
    try:
        differences = check_release(course.root, course.assignment)
    except AutograderError as error:
        return Finding("release", False, str(error))
    if differences:
        return Finding("release", False, f"{differences[0]}: run 'autograder release'.")
    return Finding("release", True, "current")


def _engines(course: Course) -> Iterator[Finding]:
    docker = DockerEngine(course)
    for engine in (docker, BubblewrapEngine(course), ProcessEngine(course)):
        problem = engine.problem()
        yield Finding(engine.name, problem is None, problem or "ready")
        if problem is None:
            yield _walls(engine)


def _walls(engine: Engine) -> Finding:
    """Say which walls around student code hold in this engine, as a session tries them out."""
    name = f"{engine.name} walls"
    try:
        held = engine.walls()
    except EngineError as error:
        return Finding(name, False, str(error))
    if problem := walls.missing(held):
        return Finding(name, False, problem)
    standing = ", ".join(wall.name for wall in walls.WALLS if held.get(wall.name))
    fallen = [wall for wall in walls.WALLS if not held.get(wall.name)]
    if not fallen:
        return Finding(name, True, f"all {len(walls.WALLS)} hold: {standing}")
    without = "; ".join(f"{wall.name} ({wall.stops}): {wall.remedy}" for wall in fallen)
    return Finding(name, True, f"{standing} hold, enough to grade. Better with {without}")
