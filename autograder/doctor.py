"""What works on this machine, and what to do about what does not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from autograder.course import Course
from autograder.engines.bubblewrap import BubblewrapEngine
from autograder.engines.docker import DockerEngine
from autograder.engines.process import ProcessEngine
from autograder.errors import AutograderError
from autograder.release.generate import check_release
from autograder.sandbox import identity, landlock, seccomp
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
    yield _landlock()
    yield _seccomp()
    yield _users(course)


def can_grade(findings: list[Finding]) -> bool:
    """Tell whether at least one engine works."""
    return any(finding.well for finding in findings if finding.name in _ENGINES)


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


def _landlock() -> Finding:
    version = landlock.abi()
    if version >= 6:
        return Finding("landlock", True, f"version {version}: files, network and signals")
    if version:
        sentence = f"version {version} does not scope signals: use a kernel from 6.12 on."
    else:
        sentence = (
            "this kernel has none: use one from 5.13 on with Landlock enabled, or use Docker."
        )
    return Finding("landlock", False, sentence)


def _seccomp() -> Finding:
    if seccomp.available():
        return Finding("seccomp", True, "the filter is written for this machine")
    sentence = (
        "the filter is written for x86-64 alone: use such a machine, or Docker, which has its own."
    )
    return Finding("seccomp", False, sentence)


def _users(course: Course) -> Finding:
    if identity.can_change(course.runtime(), course.secrets()):
        return Finding("users", True, "each worker gets a user of its own")
    sentence = (
        "outside a container workers share your user, with Landlock between them: "
        "use Docker to give each one of its own."
    )
    return Finding("users", False, sentence)
