"""A course with one small assignment, and a command line that grades its class without a sandbox."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat

from autograder.course.folder import Course
from tests.helpers import small_course
from tests.helpers.grading import ROOT

SMALL = "small"
SETTINGS = """\
title = "Small Returns"

[exercises.returns]
checks = { values = 1 }
"""
CHECK = """\
def test_values(student):
    '''They are what they should be.'''
"""
# The command in a process of its own, whose terminal may be any; only the engine is a fake.
COMMAND = """\
from autograder.cli import grade, main
from autograder.engines.registry import Choice
from tests.helpers.fake_engine import FakeEngine

grade.choose = lambda course, asked_for: Choice(FakeEngine(), "fake: nothing else works here.")
main.main()
"""


def lay_out(root: Path, name: str = SMALL) -> Course:
    """Make a course folder: master, release, checks, settings and key of an assignment."""
    course = Course(root, name)
    for folder in (course.source, course.release, course.checks):
        folder.mkdir(parents=True)
    notebook = small_course.master()
    nbformat.write(notebook, course.master)
    (solution,) = (cell for cell in notebook.cells if cell.id == "returns-solution")
    solution.source = small_course.SCAFFOLD
    nbformat.write(notebook, course.released)
    course.settings.write_text(SETTINGS)
    (course.checks / "test_returns.py").write_text(CHECK)
    (course.checks / "seed.key").write_text("17" * 32)
    return course


def hand_in(folder: Path, *students: str, assignment: str = SMALL) -> None:
    """Lay out what students handed in, as nbgrader does; each notebook is its student's name."""
    for student in students:
        path = folder / student / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(student, errors="surrogateescape")


def in_shell(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell, in which $GRADE is the command that grades `submitted`."""
    command = '"$PYTHON" -c "$COMMAND" grade submitted'
    return subprocess.run(
        ["bash", "-c", script.replace("$GRADE", command)],
        cwd=folder,
        env=os.environ
        | {"PYTHON": sys.executable, "COMMAND": COMMAND, "PYTHONPATH": str(ROOT)}
        | variables,
        capture_output=True,
        check=False,
    )
