"""What works on this machine, and what to do about what does not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from autograder.course.folder import Course
from autograder.course.seeds import NoKey, Seeds
from autograder.course.settings import load_settings
from autograder.engines.base import Engine
from autograder.engines.registry import ENGINES
from autograder.errors import AutograderError, EngineError
from autograder.release.generate import check_release
from autograder.sandbox import probe
from autograder.submission.assignment import load_assignment

_OURS = ("nbgrader", "pytest", "numpy")


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether all is well, and one sentence; where it is not, with the remedy."""

    name: str
    well: bool
    sentence: str


def examine(course: Course) -> Iterator[Finding]:
    """Look at everything that releasing and grading this assignment need here."""
    yield _python()
    yield from (_library(name) for name in _libraries(course))
    yield _master(course)
    yield _release(course)
    yield _key(course)
    yield from _engines(course)


def can_grade(findings: list[Finding]) -> bool:
    """Tell whether there is a key, and at least one engine that works and confines student code."""
    well = {finding.name for finding in findings if finding.well}
    return "key" in well and any({name, f"{name} confinement"} <= well for name in ENGINES)


def _python() -> Finding:
    version = platform.python_version()
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Finding("python", True, version)
    return Finding(
        "python", False, f"{version} is not supported: install Python 3.11, 3.12 or 3.13."
    )


def _libraries(course: Course) -> list[str]:
    """Return what must be installed: what we need ourselves, and what the assignment imports."""
    try:
        modules = load_settings(course).libraries
    except AutograderError:  # said of the master
        modules = ()
    return list(dict.fromkeys([*_OURS, *(module.partition(".")[0] for module in modules)]))


def _library(module: str) -> Finding:
    distributions = metadata.packages_distributions().get(module, [module])
    try:
        return Finding(module, True, metadata.version(distributions[0]))
    except metadata.PackageNotFoundError:
        remedy = f"run 'make setup', or in a course of your own 'pip install {distributions[0]}'"
        return Finding(module, False, f"not installed here: {remedy}.")


def _master(course: Course) -> Finding:
    try:
        assignment = load_assignment(course)
    except AutograderError as error:
        return Finding("master", False, str(error))
    count = len(assignment.exercises)
    exercises = f"{count} exercise{'s' * (count != 1)}, {assignment.max_score:g} points"
    return Finding("master", True, exercises)


def _release(course: Course) -> Finding:
    try:
        differences = check_release(course.root, course.assignment)
    except AutograderError as error:
        return Finding("release", False, str(error))
    if differences:
        return Finding("release", False, f"{differences[0]}: run 'autograder release'.")
    return Finding("release", True, "current")


def _key(course: Course) -> Finding:
    try:
        Seeds(course.checks)
    except NoKey as error:
        return Finding("key", False, str(error))
    return Finding("key", True, "there")


def _engines(course: Course) -> Iterator[Finding]:
    for make in ENGINES.values():
        engine = make(course)
        try:
            problem = engine.problem(asked_for=False)
        except AutograderError as error:  # what judges is not all there
            problem = str(error)
        yield Finding(engine.name, problem is None, problem or "ready")
        if problem is None:
            yield _confinement(engine)


def _confinement(engine: Engine) -> Finding:
    """Say which mechanisms confine student code in this engine, as a session's probe finds."""
    name = f"{engine.name} confinement"
    try:
        found = engine.probe()
    except EngineError as error:
        return Finding(name, False, str(error))
    if problem := probe.missing(found):
        return Finding(name, False, problem)
    holding = ", ".join(each.name for each in probe.MECHANISMS if found.get(each.name))
    broken = [each for each in probe.MECHANISMS if not found.get(each.name)]
    if not broken:
        return Finding(name, True, f"all {len(probe.MECHANISMS)} mechanisms hold: {holding}")
    without = "; ".join(f"{each.name} ({each.stops}): {each.remedy}" for each in broken)
    return Finding(name, True, f"{holding} hold, enough to grade. Better with {without}")
