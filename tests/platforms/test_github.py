"""Claims about the workflow for GitHub Actions: its steps, typed in order in a course folder, grade.

Not tried: GitHub itself, and the actions that the workflow uses, for which a line here stands each.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder.course.folder import Course
from autograder.platforms import github
from tests.helpers import installed
from tests.helpers.grading import LIGHT, ROOT
from tests.helpers.platform_image import only
from tools import dist

ACTIONS = {
    "actions/checkout@v4", "actions/setup-python@v5", "actions/cache@v4", "actions/upload-artifact@v4",
}  # fmt: skip


def workflow(course: Course) -> dict[str, Any]:
    """The workflow as GitHub reads it. YAML 1.1 takes the key `on` for true."""
    (member,) = github.members(course)
    content: dict[str, Any] = yaml.safe_load(member.content)
    return {"on" if key is True else key: value for key, value in content.items()}


def steps(course: Course) -> list[dict[str, Any]]:
    """The steps of its one job."""
    (job,) = workflow(course)["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def test_a_push_of_a_submission_or_of_a_check_starts_it():
    """And nothing else does: no push of a page, no request from a fork, which would bring its own code."""
    started = workflow(Course(ROOT, LIGHT))["on"]
    assert set(started) == {"push", "workflow_dispatch"}
    assert f"submitted/*/{LIGHT}/**" in started["push"]["paths"]
    assert f"checks/{LIGHT}/**" in started["push"]["paths"]


def test_it_may_only_read_the_repository():
    """Its token can change nothing, and does not stay in the checkout."""
    assert workflow(Course(ROOT, LIGHT))["permissions"] == {"contents": "read"}
    (checkout,) = [
        s for s in steps(Course(ROOT, LIGHT)) if s.get("uses", "").startswith("actions/checkout")
    ]
    assert checkout["with"] == {"persist-credentials": False}


def test_no_text_of_a_student_reaches_a_shell():
    """Expressions are pasted into a script before it runs: no script has one."""
    assert [step for step in steps(Course(ROOT, LIGHT)) if "${{" in step.get("run", "")] == []
    assert {step["uses"] for step in steps(Course(ROOT, LIGHT)) if "uses" in step} == ACTIONS


@pytest.mark.slow
def test_its_steps_grade(tmp_path: Path, unless: Callable[[bool, str], None]):
    """In bubblewrap, with the wheel that the course keeps; its libraries are linked here, not fetched."""
    unless(bool(shutil.which("bwrap")), "bubblewrap is not installed.")
    course = only(LIGHT, tmp_path / "course")
    shutil.copy(ROOT / "nbgrader_config.py", course.root)
    for student, path in (("ada", course.master), ("ben", course.released)):
        folder = course.root / "submitted" / student / LIGHT
        folder.mkdir(parents=True)
        shutil.copy(path, folder)
    _, wheel = dist.make(course.root / "wheels")
    commands = installed.environment(tmp_path / "autograder", wheel)
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | {
        "ASSIGNMENT": LIGHT,
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        "DOCKER_HOST": "unix:///nobody/listens.sock",
    }
    typed = [s["run"] for s in steps(course) if "run" in s]
    assert typed[0].count("pip") == 1
    assert typed[2].startswith("autograder image build")
    for script in (*typed[1:2], *typed[3:]):
        done = subprocess.run(
            ["bash", "-eu", "-c", script], cwd=course.root, env=variables,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
    kept = course.root / "graded" / LIGHT
    with (kept / "scores.csv").open(newline="") as file:
        scores = {row["student"]: float(row["score"]) for row in csv.DictReader(file)}
    assert (scores["ada"] > 0, scores["ben"]) == (True, 0)
    assert json.loads((kept / "ada.json").read_text())["engine"] == "bubblewrap"
    assert (kept / "pages" / "index.html").is_file()
