"""A course of one small assignment, written anew: most claims about grading need no more, and no library.

A session of it starts in a second. Exercises, checks, limits and files of the checks are a test's to choose.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.course.folder import Course
from autograder.course.markers import END, START
from autograder.course.seeds import KEY
from autograder.course.settings import Limits
from autograder.engines.base import Session
from autograder.engines.process import ProcessEngine
from autograder.report import Judgement
from tests.helpers.grading import SEED

NAME = "tiny"


@dataclass(frozen=True)
class Exercise:
    """An exercise: the master's cell, the text of its hidden checks, and what each check weighs."""

    name: str
    solution: str
    checks: str
    weights: dict[str, float | str] = field(default_factory=dict)
    points: float = 10.0
    seconds: float | None = None

    @property
    def scaffold(self) -> str:
        """The cell as students get it."""
        head = self.solution.split("\n")[0]
        return f"{head}\n    {START}\n    return ...\n    {END}"


DOUBLE = Exercise(
    "double",
    "def double(number):\n    return 2 * number",
    'def test_doubles(student):\n    assert student.double(3) == 6, "double(3) is 6."\n',
    {"doubles": 1},
)


def checked(checks: str, name: str = "double", **more: float) -> Exercise:
    """The exercise `name`, doubling a number, with these hidden checks.

    All are of weight 1; `more` has other weights, and the exercise's own `seconds`.
    """
    names = [line[9:].split("(")[0] for line in checks.splitlines() if line.startswith("def test_")]
    seconds = more.pop("seconds", None)
    solution = DOUBLE.solution.replace("double", name)
    weights = dict.fromkeys(names, 1.0) | more
    return Exercise(name, solution, checks, weights, seconds=seconds)


def write(
    root: Path, exercises: Sequence[Exercise] = (DOUBLE,), files: dict[str, str] | None = None
) -> Course:
    """Write the course; `files` are put among the hidden checks, in place of those that are usual."""
    course = Course(root, NAME)
    settings = ['title = "Tiny"', 'given = ["imports"]']
    for each in exercises:
        settings += ["", f"[exercises.{each.name}]"]
        settings += [] if each.seconds is None else [f"seconds = {each.seconds}"]
        settings += [f"[exercises.{each.name}.checks]"]
        settings += [f"{check} = {weight}" for check, weight in each.weights.items()]
    checks = {f"test_{each.name}.py": each.checks for each in exercises}
    usual = {course.settings.name: "\n".join(settings), KEY: "5e" * 32}
    course.checks.mkdir(parents=True)
    for name, text in (usual | checks | (files or {})).items():
        (course.checks / name).write_text(text, encoding="utf-8")
    for path, make in ((course.master, notebook), (course.released, released)):
        path.parent.mkdir(parents=True)
        path.write_bytes(make(exercises))
    return course


def notebook(exercises: Sequence[Exercise] = (DOUBLE,), **sources: str) -> bytes:
    """A notebook with these sources in the cells of the exercises, the master's in those not named."""
    return _notebook(exercises, {each.name: each.solution for each in exercises} | sources)


def released(exercises: Sequence[Exercise] = (DOUBLE,), **sources: str) -> bytes:
    """The same with what students get in the cells not named."""
    return _notebook(exercises, {each.name: each.scaffold for each in exercises} | sources)


def _notebook(exercises: Sequence[Exercise], sources: dict[str, str]) -> bytes:
    cells = [_cell("import numpy as np", "imports")]
    for each in exercises:
        source = sources[each.name]
        cells.append(_cell(source, f"{each.name}_solution", solution=True))
        cells.append(_cell("", each.name, grade=True, points=each.points))
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def _cell(source: str, grade_id: str, **marks: Any) -> dict[str, Any]:
    nbgrader = {"grade": False, "solution": False, "locked": False} | marks
    return {
        "cell_type": "code",
        "id": grade_id.replace("_", "-"),
        "metadata": {"nbgrader": {"grade_id": grade_id, "schema_version": 3, **nbgrader}},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def start(course: Course, limits: Limits | None = None) -> Session:
    """Start a session of it as a plain process."""
    return ProcessEngine(course, limits).start()


def judge(course: Course, submission: bytes, limits: Limits | None = None) -> Judgement:
    """Grade one notebook in a session of its own."""
    session = start(course, limits)
    try:
        return session.grade(submission, SEED)
    finally:
        session.close()
