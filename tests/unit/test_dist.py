"""Claims about what is installed elsewhere: sdist and wheel are whole, and work outside this checkout."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import tarfile
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import installed
from tests.helpers.grading import ROOT
from tools import dist

NAME = "first_steps"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist and the wheel."""
    return dist.make(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def commands(made: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the `autograder` command of an environment that has the wheel."""
    return installed.environment(tmp_path_factory.mktemp("installed") / "venv", made[1])


def in_sdist(path: Path) -> set[str]:
    """The files of an sdist, below its one folder."""
    with tarfile.open(path) as archive:
        return {each.name.partition("/")[2] for each in archive if each.isfile()}


def tracked(*parts: str) -> set[str]:
    """What git tracks below these."""
    command = ["git", "ls-files", *parts]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return set(listed.stdout.splitlines())


def test_both_hold_the_whole_package(made: tuple[Path, Path]):
    """Every file of it: templates, recipe, skeleton, schema and scripts, too."""
    wheel = set(zipfile.ZipFile(made[1]).namelist())
    assert tracked("autograder") - wheel == set()
    assert tracked(*dist.PARTS) - in_sdist(made[0]) == set()


def test_neither_holds_anything_of_a_course(made: tuple[Path, Path]):
    """No check, no solution, no key, no submission: what else is there describes the package."""
    wheel = {name for name in zipfile.ZipFile(made[1]).namelist() if ".dist-info/" not in name}
    sdist = {name for name in in_sdist(made[0]) if ".egg-info/" not in name}
    assert {name.partition("/")[0] for name in wheel} == {"autograder"}
    assert {name.partition("/")[0] for name in sdist} == {
        *dist.PARTS, "PKG-INFO", "setup.cfg",
    }  # fmt: skip
    assert not [name for name in wheel | sdist if name.endswith(".key")]


def test_the_version_is_the_one_in_pyproject(made: tuple[Path, Path], commands: Path):
    """It stands in one place: names of files, metadata and `autograder --version` follow."""
    assert all(f"-{VERSION}" in path.name for path in made)
    said = subprocess.run(
        [commands / "autograder", "--version"], capture_output=True, text=True, check=True
    )
    assert said.stdout == f"{VERSION}\n"


def test_a_course_is_made_released_and_graded_with_the_wheel_alone(
    commands: Path, tmp_path: Path, unless: Callable[[bool, str], None]
):
    """In an empty folder, with no checkout on the path: a right notebook has 100 points, the release 0."""
    unless(bool(shutil.which("bwrap")), "bubblewrap is not installed.")
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def types(script: str) -> str:
        done = subprocess.run(
            ["bash", "-eu", "-c", script], cwd=tmp_path, env=variables | {"PATH": path},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert types("python -c 'import autograder; print(autograder.__file__)'").startswith(
        str(commands.parent)
    )
    types(f"autograder new {NAME} && autograder release")
    for student, folder in (("ada", "source"), ("ben", "release")):
        types(
            f"mkdir -p submitted/{student}/{NAME} && "
            f"cp {folder}/{NAME}/{NAME}.ipynb submitted/{student}/{NAME}/"
        )
    assert "graded with bubblewrap" in types("autograder grade submitted --engine bubblewrap")
    with (tmp_path / "graded" / NAME / "scores.csv").open(newline="") as file:
        scores = {row["student"]: row["score"] for row in csv.DictReader(file)}
    assert scores == {"ada": "100.0", "ben": "0.0"}
    types("autograder report && autograder package gradescope && autograder package prairielearn")
    assert (tmp_path / "graded" / NAME / "pages" / "students" / "ada.html").is_file()
