"""Claims about entering a class: who is in the gradebook, whose notebook formgrader finds, who is named."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder import report
from autograder.batch.store import Store
from autograder.course.folder import Course
from autograder.grades.standing import Member, Standing
from autograder.nbgrader import enter
from tests.helpers import nbgrader_course
from tests.helpers.command import Run
from tests.helpers.grading import LIGHT, Notebooks
from tests.helpers.standings import ASKED, reported

ANSWER = "Because it does."


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, light_notebooks: Notebooks) -> Course:
    """A course in which some have handed in, and whose gradebook knows nobody yet."""
    course = nbgrader_course.lay_out(tmp_path_factory.mktemp("course"))
    for student in ("ada", "ben", "cleo", "dan", "eve"):
        nbgrader_course.hand_in(course, student, light_notebooks.solved())
    enter.prepare(course, f"sqlite:///{course.root}/gradebook.db")
    return course


def handed_in(course: Course, student: str) -> Path:
    """A student's notebook."""
    return course.root / "submitted" / student / LIGHT / f"{LIGHT}.ipynb"


def shown(course: Course, student: str) -> Path:
    """Where formgrader looks for it."""
    return course.root / "autograded" / student / LIGHT / f"{LIGHT}.ipynb"


def graded(course: Course, student: str, **more: object) -> Standing:
    """The standing of somebody whose notebook, as it lies there now, was graded."""
    digest = hashlib.sha256(handed_in(course, student).read_bytes()).hexdigest()
    made = reported(student, submission_sha256=digest)
    return Standing(student, made, **({"raw": made.score, "final": made.score} | more))  # type: ignore[arg-type]


def submissions(course: Course) -> dict[str, float]:
    """Who is entered, and with how many points."""
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        return {s.student.id: s.score for s in book.assignment_submissions(LIGHT)}


def test_who_is_left_out_is_named_and_the_others_are_entered(course: Course):
    """For each of them the reason is another one."""
    broken = Standing("dan", reported("dan", report.grader_error("broke", 100.0)))
    excused = graded(course, "eve", raw=None, final=None, excused=True)
    replaced = graded(course, "cleo")
    handed_in(course, "cleo").write_bytes(b"another one")
    absent = Standing("zoe", None, member=Member("zoe", "Zoe", "Late"))
    odd = replace(graded(course, "ada"), student="../ada")
    done = enter.enter(course, [graded(course, "ada"), replaced, broken, excused, absent, odd])
    assert done.students == ["ada"]
    assert submissions(course) == {"ada": 80.0}
    assert {name: why.partition(":")[0] for name, why in done.left_out.items()} == {
        "cleo": f"another notebook has been handed in since ({LIGHT}.ipynb)",
        "dan": "a fault of ours while it was graded",
        "eve": "excused, which nbgrader has no word for",
        "zoe": "nothing was handed in",
        "../ada": "nbgrader cannot have a folder of this name",
    }
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        assert book.find_student("zoe").last_name == "Late"


def test_the_notebook_lies_where_formgrader_looks(course: Course):
    """With the time that formgrader compares, read-only, as nbgrader leaves it."""
    enter.enter(course, [graded(course, "ada")])
    path = shown(course, "ada")
    assert path.stat().st_mode & 0o777 == 0o444
    assert path.with_name("timestamp.txt").read_text() == nbgrader_course.IN_TIME
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        assert book.find_submission(LIGHT, "ada").timestamp == datetime(2026, 11, 20, 12)


def test_a_group_is_entered_each(course: Course):
    """Whoever handed in nothing has the notebook and the points of the one who did."""
    for_both = replace(
        graded(course, "ada"), student="abe", handed_in=datetime(2026, 11, 20, tzinfo=UTC)
    )
    done = enter.enter(course, [for_both])
    assert done.students == ["abe"]
    assert shown(course, "abe").read_bytes() == shown(course, "ada").read_bytes()


def test_a_notebook_that_lies_nowhere_costs_nobody_the_score(course: Course):
    """It is named, since formgrader cannot show it."""
    gone = Standing("fay", reported("fay"), raw=80.0, final=80.0)
    done = enter.enter(course, [gone])
    assert (done.students, list(done.not_shown)) == (["fay"], ["fay"])
    assert submissions(course)["fay"] == 80.0
    assert not shown(course, "fay").exists()


def test_an_answer_that_a_person_has_graded_stays_graded_until_it_is_another_one(course: Course):
    """Entering the same notebook again asks nobody; entering another does."""

    def asks() -> bool:
        with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
            return bool(book.find_grade(ASKED, LIGHT, LIGHT, "ben").needs_manual_grade)

    enter.enter(course, [graded(course, "ben")])
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        grade = book.find_grade(ASKED, LIGHT, LIGHT, "ben")
        grade.manual_score, grade.needs_manual_grade = 12.0, False
        book.db.commit()
    enter.enter(course, [graded(course, "ben")])
    assert not asks()
    node = nbformat.read(handed_in(course, "ben"), as_version=4)
    (cell,) = [c for c in node.cells if c.get("id") == "why-baseline"]
    cell.source = ANSWER
    nbformat.write(node, handed_in(course, "ben"))
    enter.enter(course, [graded(course, "ben")])
    assert asks()
    assert ANSWER in shown(course, "ben").read_text()


def test_the_command_says_who_is_in_and_who_is_not(
    course: Course, run: Run, monkeypatch: pytest.MonkeyPatch
):
    """From the reports in the folder."""
    store = Store(course.root / "graded" / LIGHT)
    found = graded(course, "ada").report
    assert found is not None
    store.write(found)
    store.write(reported("dan", report.grader_error("broke", 100.0)))
    monkeypatch.chdir(course.root)
    status, output, _ = run("export", "nbgrader")
    assert status == 0
    assert "gradebook.db: 1 of 2 students entered, returns_warmup" in output
    assert "Left out: dan: a fault of ours" in output
    status, _, errors = run("export", "nbgrader", "--gradebook", "gradebook.db")
    assert (status, "no URL of a gradebook" in errors) == (1, True)
