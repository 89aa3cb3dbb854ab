"""Claims about `nbgrader autograde` in a course folder of ours: it grades in the sandbox, a whole class."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.batch.store import Store
from autograder.course.folder import Course
from autograder.engines.bubblewrap import BubblewrapEngine
from autograder.report import Report
from tests.helpers import nbgrader_course
from tests.helpers.grading import LIGHT, Notebooks

pytestmark = pytest.mark.slow

ASKED = "why_baseline"
HALF_A_FILE = b'{"cells": ['
WRONG = "def plain_returns(rewards, gamma):\n    return {markup!r}\n"
MARKUP = "<script>alert(1)</script>"


@dataclass(frozen=True)
class Class:
    """A class after `nbgrader autograde`: the course, the reports, and the marker that no code may write."""

    course: Course
    reports: dict[str, Report]
    marker: Path

    @property
    def url(self) -> str:
        """The gradebook's."""
        return f"sqlite:///{self.course.root}/gradebook.db"

    def shown(self, student: str) -> nbformat.NotebookNode:
        """What nbgrader shows of a student's notebook."""
        path = self.course.root / "autograded" / student / LIGHT / f"{LIGHT}.ipynb"
        return nbformat.read(path, as_version=4)


def grade_id(cell: nbformat.NotebookNode) -> str:
    """A cell's name in nbgrader, if it has one."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def spoiled(notebook: bytes, how: Callable[[nbformat.NotebookNode], None]) -> bytes:
    """A notebook in which something is wrong, as JSON that nbformat itself would not write."""
    node = nbformat.reads(notebook.decode(), as_version=4)
    how(node)
    return nbformat.v4.writes(node).encode()


def twice(node: nbformat.NotebookNode) -> None:
    """One solution cell twice, in the metadata of an old nbgrader: this aborts nbgrader's own batch."""
    (cell,) = (cell for cell in node.cells if grade_id(cell) == "plain_returns_solution")
    node.cells.insert(node.cells.index(cell), nbformat.from_dict(cell))
    for each in node.cells:
        each.metadata.get("nbgrader", {}).pop("schema_version", None)


def bare(node: nbformat.NotebookNode) -> None:
    """No cell has any metadata or id, as some editors leave it."""
    node.nbformat_minor = 4
    for cell in node.cells:
        cell.metadata = {}
        del cell["id"]


def marking(marker: Path) -> str:
    """What a student writes who wants to run on the instructor's machine: a cell that leaves a mark."""
    return (
        f"for path in ({str(marker)!r}, '/tmp/{marker.name}'):\n    try:\n        open(path, 'w').close()\n"
        "    except OSError:\n        pass\ndef plain_returns(rewards, gamma):\n    return rewards\n"
    )


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory,
    light_notebooks: Notebooks,
    light_course: Course,
    unless: Callable[[bool, str], None],
) -> Class:
    """A class of six, graded by one call of nbgrader's command in bubblewrap."""
    problem = BubblewrapEngine(light_course).problem()
    unless(problem is None, str(problem))
    folder = tmp_path_factory.mktemp("course")
    course = nbgrader_course.lay_out(folder)
    marker = tmp_path_factory.mktemp("marker") / f"marker-of-{folder.name}"
    answered = spoiled(
        light_notebooks.released(),
        lambda node: node.cells.append(nbformat.v4.new_markdown_cell(f"My answer: {MARKUP}")),
    )
    handed_in = {
        "ada": light_notebooks.solved(),
        "ben": light_notebooks.solved(plain_returns=marking(marker)),
        "cleo": light_notebooks.released(),
        "dan": HALF_A_FILE,
        "eve": spoiled(light_notebooks.solved(), twice),
        "fay": spoiled(light_notebooks.solved(), bare),
        "gus": answered,
    }
    for student, notebook in handed_in.items():
        nbgrader_course.hand_in(course, student, notebook)
    nbgrader_course.autograde(course, engine="bubblewrap")
    found = Store(folder / "graded" / LIGHT).all().reports
    return Class(course, {report.student: report for report in found}, marker)


def test_nothing_that_a_student_wrote_runs_on_the_host(graded: Class):
    """A cell that leaves a mark wherever it runs has left none here, and was graded."""
    assert graded.reports["ben"].score == 40.0
    assert not graded.marker.exists()
    assert not Path("/tmp", graded.marker.name).exists()
    subprocess.run([sys.executable, "-c", marking(graded.marker)], check=True)
    assert graded.marker.exists(), "The mark would not have been seen."
    graded.marker.unlink()
    Path("/tmp", graded.marker.name).unlink()


def test_no_notebook_stops_the_batch(graded: Class):
    """Not half a file, a cell that is there twice, nor one without metadata: everybody is graded."""
    scores = {student: report.score for student, report in graded.reports.items()}
    assert scores == {
        "ada": 80.0, "ben": 40.0, "cleo": 0.0, "dan": 0.0, "eve": 80.0, "fay": 80.0, "gus": 0.0,
    }  # fmt: skip


def test_the_gradebook_adds_up_to_our_scores(graded: Class):
    """For everybody, of as many points as we have."""
    with Gradebook(graded.url) as book:
        found = {s.student.id: (s.score, s.max_score) for s in book.assignment_submissions(LIGHT)}
    assert found == {name: (r.score, r.max_score) for name, r in graded.reports.items()}


def test_a_person_is_asked_for_where_there_is_something_to_read(graded: Class):
    """An answer, be it in a cell of the student's own; never what checks decide, nor an empty place."""
    with Gradebook(graded.url) as book:
        asked = {
            grade.student.id: grade.name
            for submission in book.assignment_submissions(LIGHT)
            for grade in submission.notebooks[0].grades
            if grade.needs_manual_grade
        }
    assert asked == dict.fromkeys(("ada", "ben", "eve", "fay", "gus"), ASKED)


def test_comments_say_our_sentences(graded: Class):
    """At the cell that they are about; why a notebook was rejected at every exercise."""
    with Gradebook(graded.url) as book:
        said = {
            s.student.id: {c.name: c.auto_comment for c in s.notebooks[0].comments}
            for s in book.assignment_submissions(LIGHT)
        }
    failed = next(e for e in graded.reports["ben"].exercises if e.id == "plain_returns")
    assert failed.message
    assert failed.message in said["ben"]["plain_returns_solution"]
    open_ones = [c.message for c in failed.checks if c.message and c.charged_to is None]
    assert any(text[:40] in said["ben"]["plain_returns_solution"] for text in open_ones)
    for check in failed.checks:
        assert check.id not in said["ben"]["plain_returns_solution"].split()
    rejected = graded.reports["dan"].message
    assert said["dan"]["plain_returns_solution"] == rejected
    assert said["dan"]["returns_minus_baseline_solution"] == rejected
    assert set(said["ada"].values()) == {None}


@pytest.mark.parametrize("student", ["ada", "dan", "eve", "fay", "gus"])
def test_every_notebook_has_every_cell_that_nbgrader_shows(graded: Class, student: str):
    """Each of the release's once, whatever the student made of them."""
    released = nbformat.read(graded.course.released, as_version=4)
    wanted = [grade_id(cell) for cell in released.cells if grade_id(cell)]
    found = [grade_id(cell) for cell in graded.shown(student).cells if grade_id(cell)]
    assert found == wanted


@pytest.mark.parametrize("student", ["ada", "eve", "fay"])
def test_what_a_student_wrote_is_shown(graded: Class, student: str, light_course: Course):
    """In the exercise's own cell; a second cell, and an answer whose place nobody knows, stand beside it."""
    master = nbformat.read(light_course.master, as_version=4)
    sources = [cell.source for cell in graded.shown(student).cells]
    written = [c.source for c in master.cells if c.metadata.get("nbgrader", {}).get("solution")]
    assert [source for source in written if source not in sources] == []
    assert sources.count(written[0]) == (2 if student == "eve" else 1)


def test_feedback_has_our_sentences_and_no_hidden_check(graded: Class):
    """And shows what a student typed as text."""
    nbgrader_course.nbgrader(graded.course.root, "generate_feedback", LIGHT)
    pages = {
        student: (graded.course.root / "feedback" / student / LIGHT / f"{LIGHT}.html").read_text()
        for student in ("ben", "gus")
    }
    for page in pages.values():
        assert MARKUP not in page
    assert "&lt;script&gt;" in pages["gus"]
    assert "Score: 40.0 / 100.0" in pages["ben"]
    (failed,) = [e for e in graded.reports["ben"].exercises if e.id == "plain_returns"]
    first = next(check.message for check in failed.checks if check.message)
    assert first.split(".")[0].replace("`", "") in pages["ben"].replace("<code>", "")
    for path in graded.course.checks.glob("test_*.py"):
        names = [
            line[4:].split("(")[0]
            for line in path.read_text().splitlines()
            if line[:9] == "def test_"
        ]
        assert names
        assert [name for name in names if any(name in page for page in pages.values())] == []


def test_what_is_graded_already_is_not_graded_again(graded: Class):
    """Reports are kept where `autograder grade` keeps them, and a second run takes them from there."""
    before = {
        path: path.stat().st_mtime_ns for path in (graded.course.root / "graded").rglob("*.json")
    }
    nbgrader_course.autograde(graded.course, "--student", "ada", "--force", engine="bubblewrap")
    assert before == {path: path.stat().st_mtime_ns for path in before}
