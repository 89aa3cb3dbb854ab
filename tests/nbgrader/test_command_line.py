"""Claims about our own commands that hand over to nbgrader, Canvas and Moodle."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder import report
from autograder.course.folder import Course
from autograder.report import CheckResult, Verdict, exercise_result
from tests.helpers.command import Run
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.small_class import SMALL

CANVAS = "Student,ID,SIS Login ID,Section,Small Returns (7)\n    Points Possible,,,,5\nA,1,ada,x,\n"


@pytest.fixture
def handed_in(small: Course, fake: FakeEngine) -> FakeEngine:
    """A class of two, both right."""
    check = CheckResult(id="values", outcome=Verdict.PASSED, weight=1)
    fake.behave = lambda notebook, call: report.graded([exercise_result("returns", 5.0, [check])])
    for student in ("ada", "bob"):
        path = Path("submitted", student, SMALL, f"{SMALL}.ipynb")
        path.parent.mkdir(parents=True)
        path.write_bytes(small.master.read_bytes())
    return fake


def test_grade_enters_what_it_graded(handed_in: FakeEngine, run: Run):
    """With --gradebook, and says so."""
    url = f"sqlite:///{Path.cwd()}/grades.db"
    status, output, _ = run("grade", "submitted", "--gradebook", url)
    assert status == 0
    assert f"{url}: 2 of 2 students entered, {SMALL}" in output
    assert Path("autograded", "ada", SMALL, f"{SMALL}.ipynb").is_file()
    with Gradebook(url) as book:
        assert {s.student.id: s.score for s in book.assignment_submissions(SMALL)} == {
            "ada": 5.0, "bob": 5.0,
        }  # fmt: skip


def test_a_gradebook_that_cannot_be_opened_is_known_before_anything_is_graded(
    handed_in: FakeEngine, run: Run
):
    """Nobody waits for a class to be graded to learn that a name was mistyped."""
    status, _, errors = run("grade", "submitted", "--gradebook", "sqlite:////nowhere/grades.db")
    assert status == 1
    assert "cannot be used" in errors
    assert handed_in.graded == []


def test_canvas_is_filled_in_from_the_reports(handed_in: FakeEngine, run: Run):
    """Into another file than the one that was downloaded; whoever is left out is named."""
    run("grade", "submitted")
    Path("export.csv").write_text(CANVAS)
    status, said, errors = run("export", "canvas", "--into", "export.csv", "--to", "scores.csv")
    assert (status, said) == (0, "scores.csv: 1 students\n")
    assert "Left out: bob: no row of the table is theirs." in errors
    assert "A,1,ada,x,5" in Path("scores.csv").read_text()
    assert Path("export.csv").read_text() == CANVAS


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["canvas"], "name it with --into"),
        (["csv", "--into", "export.csv"], "csv is made from the reports alone"),
        (["canvas", "--into", "export.csv", "--to", "export.csv"], "is what you downloaded"),
        (["moodle", "--into", "export.csv"], "no grading worksheet of Moodle's"),
        (["canvas", "--into", "nowhere.csv"], "nowhere.csv does not exist"),
    ],
)
def test_wrong_usage_is_status_2(
    arguments: list[str], sentence: str, handed_in: FakeEngine, run: Run
):
    """With a sentence that says what would be right."""
    run("grade", "submitted")
    Path("export.csv").write_text(CANVAS)
    status, _, errors = run("export", *arguments)
    assert (status, sentence in errors) == (2, True), errors
