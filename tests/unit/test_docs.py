"""Claims about docs/: the pages say what is, and whoever follows them word for word arrives."""

import csv
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from autograder.course.folder import Course
from autograder.course.settings import Settings
from tests.helpers import following
from tests.helpers.following import blocks
from tests.helpers.grading import ROOT
from tools import settings_reference

NAME = "first_steps"
PAGE = (ROOT / "docs" / "new-assignment.md").read_text(encoding="utf-8")
WORKS, YOURS = PAGE.split("\n## Make it yours\n")
REFERENCE = settings_reference.FILE.read_text(encoding="utf-8")
BUILD = re.compile(r"^autograder image build.*\n", re.MULTILINE)
TABLES = dict(settings_reference.TABLES)

Unless = Callable[[bool, str], None]


class Follower:
    """Somebody who types what the page says, in a folder of their own."""

    def __init__(self, folder: Path, without_image: bool) -> None:
        self.folder = folder
        self.course = Course(folder / "my-course", NAME)
        self._without_image = without_image

    def types(self, script: str, folder: Path) -> str:
        """Type lines into a shell; return what they printed. The first that fails ends it."""
        if self._without_image:
            script = BUILD.sub("", script)
        return following.typed(script, folder, without_engine=self._without_image)

    def makes_it_theirs(self) -> None:
        """Write in the notebook, the checks and the settings what the page says."""
        solution, visible, checks = blocks("python", YOURS)
        (question,) = blocks("markdown", YOURS)
        points, weights = blocks("toml", YOURS)
        notebook = nbformat.read(self.course.master, as_version=4)
        notebook.cells += [
            as_saved(v4.new_code_cell(solution), "running_deviation_solution", solution=True),
            as_saved(v4.new_code_cell(visible), "running_deviation", locked=True, points=30),
            as_saved(v4.new_markdown_cell(question), "why_zero", solution=True, points=20),
        ]
        nbformat.write(notebook, self.course.master)
        (self.course.checks / "test_running_deviation.py").write_text(checks)
        settings = self.course.settings.read_text()
        assert settings.count("points = 100\n") == 1
        settings = settings.replace("points = 100\n", points)
        self.course.settings.write_text(f"{settings}\n{weights}")

    def scores(self) -> dict[str, dict[str, str]]:
        """The rows of scores.csv by student."""
        with (self.course.root / "graded" / NAME / "scores.csv").open(newline="") as file:
            return {row["student"]: row for row in csv.DictReader(file)}


def as_saved(
    cell: nbformat.NotebookNode, grade_id: str, points: int | None = None, **marks: bool
) -> nbformat.NotebookNode:
    """A cell as nbgrader's panel marks it."""
    usual = {"grade": points is not None, "locked": False, "solution": False, "task": False}
    cell.metadata.nbgrader = usual | marks | {"grade_id": grade_id, "schema_version": 3}
    if points is not None:
        cell.metadata.nbgrader["points"] = points
    cell.source = cell.source.rstrip("\n")
    return cell


def arrives(follower: Follower) -> str:
    """Follow the page to its end, and see that all comes as it says; return what was printed."""
    (well,) = blocks("", WORKS)
    printed = follower.types("".join(blocks("sh", WORKS)), follower.folder)
    assert f"\n{well}" in printed
    assert "MISS master" not in printed
    assert "MISS release" not in printed
    assert (follower.course.root / "release" / f"{NAME}.zip").is_file()
    assert {name: row["score"] for name, row in follower.scores().items()} == {
        "ada": "100.0", "ben": "0.0",
    }  # fmt: skip
    for path in re.findall(
        rf"`((?:source|checks|release)/{NAME}/[\w./]*|nbgrader_config.py)` \|", WORKS
    ):
        assert (follower.course.root / path).exists(), path
    follower.makes_it_theirs()
    again = follower.types("".join(blocks("sh", YOURS)), follower.course.root)
    assert well in again
    released = follower.course.released.read_text()
    for text in (
        "means = ...",
        "*Write your answer here.*",
        "of which you have written the function",
    ):
        assert text in released
    assert "The mean of one number is that number." not in released
    assert {name: (row["score"], row["max_score"]) for name, row in follower.scores().items()} == {
        "ada": ("50.0", "100.0"), "ben": ("0.0", "100.0"),
    }  # fmt: skip
    return printed + again


@pytest.mark.slow
def test_whoever_follows_the_page_without_a_container_arrives(tmp_path: Path, unless: Unless):
    """Every command of it but those that build an image, in an empty folder, word for word."""
    unless(bool(shutil.which("bwrap")), "bubblewrap is not installed.")
    printed = arrives(Follower(tmp_path, without_image=True))
    assert "graded with bubblewrap: The Docker engine does not answer" in printed


@pytest.mark.slow
@pytest.mark.container
def test_whoever_follows_the_page_arrives(tmp_path: Path, unless: Unless):
    """Every command of it, the image's too, in an empty folder, word for word."""
    client = shutil.which("docker")
    answers = client and subprocess.run([client, "info"], capture_output=True, check=False)
    unless(bool(answers and answers.returncode == 0), "No Docker engine answers.")
    built: list[str] = []
    try:
        printed = arrives(Follower(tmp_path, without_image=False))
        built = re.findall(r"^Built (\S+)$", printed, re.MULTILINE)
    finally:
        subprocess.run(
            [str(client), "image", "rm", f"autograder:{NAME}", *built],
            capture_output=True,
            check=False,
        )
    assert len(built) == 2
    assert "graded with docker: " in printed


def test_the_reference_of_settings_is_current():
    """Whoever changes a setting runs `python -m tools.settings_reference`."""
    assert settings_reference.main(["--check"]) == 0


def test_the_reference_has_every_key_and_no_other():
    """A table for each part of the file, a row for each key."""
    shown = {
        title: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
        for title, text in re.findall(
            r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", REFERENCE, re.MULTILINE | re.DOTALL
        )
    }
    assert shown == {title: list(table.model_fields) for title, table in TABLES.items()}


def test_the_example_of_settings_is_valid():
    """It may be copied; what it shows of a check with a table of its own is what is read."""
    (example,) = blocks("toml", REFERENCE)
    settings = Settings.model_validate(tomllib.loads(example))
    assert settings.limits.call == 5
    checks = settings.exercises["running_mean"].checks
    assert [(c.weight, c.visibility) for c in checks.values()] == [
        (2, "visible"),
        (1, "after_due_date"),
    ]
    assert not settings.exercises["why"].checks
