"""Claims about what is entered into nbgrader's gradebook, and what is left as people put it there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Grade, Gradebook, SubmittedNotebook
from nbgrader.plugins import LateSubmissionPlugin

from autograder import report
from autograder.course.folder import Course
from autograder.course.settings import Late
from autograder.grades import late
from autograder.grades.standing import Member, Points, Standing
from autograder.nbgrader.entry import entry, problem
from autograder.nbgrader.gradebook import Book
from autograder.nbgrader.trouble import GradebookError
from autograder.outputs.sentences import WHEN
from autograder.report import State, Visibility
from autograder.submission.assignment import Assignment, load_assignment
from tests.helpers.grading import LIGHT
from tests.helpers.standings import ASKED, SENTENCE, judgement, standing

EXERCISE, SOLUTION = "plain_returns", "plain_returns_solution"
Enter = Callable[..., None]


@pytest.fixture(scope="module")
def assignment(light_course: Course) -> Assignment:
    """The light assignment."""
    return load_assignment(light_course)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, light_course: Course) -> Path:
    """A new gradebook with the assignment in it: nbgrader takes seconds to make one."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    with Book(f"sqlite:///{path}", "", LIGHT) as book:
        book.prepare(nbformat.read(light_course.released, as_version=4))
    return path


@pytest.fixture
def url(tmp_path: Path, prepared: Path) -> str:
    """A copy of it."""
    shutil.copy(prepared, tmp_path)
    return f"sqlite:///{tmp_path}/gradebook.db?timeout=0.1"


@pytest.fixture
def book(url: str) -> Iterator[Book]:
    """It, open."""
    with Book(url, "", LIGHT) as book:
        yield book


@pytest.fixture
def enter(book: Book, assignment: Assignment) -> Enter:
    """Enters a standing; `changed` tells whether the answer is another one than before."""

    def enter(content: Standing, changed: bool = False, **more: object) -> None:
        book.enter(entry(assignment, content, **more), None, lambda cell: changed)

    return enter


def notebook(found: Gradebook, student: str = "ada") -> SubmittedNotebook:
    """What the gradebook has of a student."""
    return found.find_submission_notebook(LIGHT, LIGHT, student)


def grades(url: str, student: str = "ada") -> dict[str, tuple[float | None, bool]]:
    """The automatic scores, and whether a person is asked for."""
    with Gradebook(url) as found:
        return {
            g.name: (g.auto_score, g.needs_manual_grade) for g in notebook(found, student).grades
        }


def comments(url: str, student: str = "ada") -> dict[str, str | None]:
    """The automatic comments."""
    with Gradebook(url) as found:
        return {c.name: c.auto_comment for c in notebook(found, student).comments}


def by_hand(url: str, cell: str, **values: object) -> None:
    """Do what a person does in formgrader."""
    with Gradebook(url) as found:
        (grade,) = [g for g in notebook(found).grades if g.name == cell]
        for key, value in values.items():
            setattr(grade, key, value)
        found.db.commit()


def grade(url: str, cell: str) -> Grade:
    """All that the gradebook has of a cell."""
    with Gradebook(url) as found:
        (grade,) = [g for g in notebook(found).grades if g.name == cell]
        found.db.expunge(grade)
        return grade


def test_each_exercise_has_its_score_and_its_sentence(url: str, enter: Enter):
    """A right one has no comment, and only an answer in words waits for a person."""
    enter(standing(content=judgement(first=0.25)))
    assert grades(url) == {
        EXERCISE: (10.0, False), "returns_minus_baseline": (40.0, False), ASKED: (None, True),
    }  # fmt: skip
    assert comments(url) == {
        SOLUTION: SENTENCE,
        "returns_minus_baseline_solution": None,
        ASKED: None,
    }


@pytest.mark.parametrize("visibility", [v for v in Visibility if v is not Visibility.VISIBLE])
def test_a_check_that_is_not_shown_is_not_spoken_of(url: str, enter: Enter, visibility: Visibility):
    """That points were lost can be seen anyway."""
    enter(standing(content=judgement(first=0.25, visibility=visibility)))
    said = comments(url)[SOLUTION]
    assert said == "Some points were lost in checks that are not shown."


def test_a_check_is_spoken_of_when_its_time_has_come(url: str, enter: Enter):
    """After the due date those that are shown after it."""
    content = standing(content=judgement(first=0.25, visibility=Visibility.AFTER_DUE_DATE))
    enter(content, shown=WHEN["due"])
    assert comments(url)[SOLUTION] == SENTENCE


@pytest.mark.parametrize(
    ("state", "beside", "needed"),
    [
        (State.ATTEMPTED, False, (None, True)),
        (State.UNTOUCHED, False, (0.0, False)),
        (State.MISSING, False, (0.0, False)),
        (State.UNTOUCHED, True, (None, True)),
        (State.MISSING, True, (None, True)),
    ],
)
def test_a_person_reads_what_there_is(
    url: str, enter: Enter, state: State, beside: bool, needed: tuple[float | None, bool]
):
    """Also where the answer's place is empty and the student wrote text elsewhere."""
    enter(standing(content=judgement(answer=state)), beside=beside)
    assert grades(url)[ASKED] == needed


def test_what_people_gave_stays(url: str, enter: Enter):
    """Scores, extra credit and comments of theirs are not touched, however often we enter ours."""
    enter(standing())
    by_hand(url, ASKED, manual_score=17.0, extra_credit=2.0, needs_manual_grade=False)
    by_hand(url, EXERCISE, manual_score=39.0, extra_credit=1.0)
    with Gradebook(url) as found:
        notebook(found).comments[0].manual_comment = "Well done."
        found.db.commit()
    enter(standing(content=judgement(first=0.5)))
    assert (grade(url, ASKED).manual_score, grade(url, ASKED).extra_credit) == (17.0, 2.0)
    assert (grade(url, EXERCISE).manual_score, grade(url, EXERCISE).extra_credit) == (39.0, 1.0)
    assert grade(url, EXERCISE).auto_score == 20.0
    with Gradebook(url) as found:
        assert notebook(found).comments[0].manual_comment == "Well done."


def test_who_graded_an_answer_is_asked_again_only_about_another_one(url: str, enter: Enter):
    """The same text, entered again, needs nobody; another one does."""
    enter(standing())
    by_hand(url, ASKED, manual_score=17.0, needs_manual_grade=False)
    enter(standing())
    assert grades(url)[ASKED] == (None, False)
    enter(standing(), changed=True)
    assert grades(url)[ASKED] == (None, True)


def test_who_overruled_a_score_is_asked_again_about_another_one(url: str, enter: Enter):
    """A person has then given points to what is not there any more."""
    enter(standing())
    by_hand(url, EXERCISE, manual_score=39.0)
    enter(standing())
    assert grades(url)[EXERCISE] == (40.0, False)
    enter(standing(content=judgement(first=0.5)))
    assert grades(url)[EXERCISE] == (20.0, True)


def test_decided_points_count_and_say_why(url: str, enter: Enter):
    """As an automatic score, so that formgrader still overrules it, at the exercise that they are for."""
    reason = "plain_returns: 35 of 40 points in place of 10, decided by hand: right idea"
    decided = {EXERCISE: Points(35.0, "right idea"), ASKED: Points(15.0, "oral")}
    enter(standing(content=judgement(first=0.25), decided=decided, reasons=(reason,)))
    assert (grades(url)[EXERCISE], grades(url)[ASKED]) == ((35.0, False), (15.0, False))
    assert comments(url)[SOLUTION] == f"{SENTENCE}\n\n{reason}"


def test_names_are_the_rosters(url: str, enter: Enter):
    """What it does not know stays as nbgrader has it."""
    enter(standing(member=Member("ada", "Ada", "Lovelace", "ada@example.org")))
    enter(standing(member=Member("ada", "Augusta")))
    with Gradebook(url) as found:
        student = found.find_student("ada")
        assert (student.first_name, student.last_name) == ("Augusta", "Lovelace")
        assert student.email == "ada@example.org"


def test_a_fault_of_ours_is_no_zero(assignment: Assignment):
    """Nor is what was excused or never handed in: there is a reason for each to be left out."""
    broken = standing(content=report.grader_error("it broke", 100.0))
    assert "no zero" in str(problem(broken))
    assert "excused" in str(problem(standing(raw=None, excused=True)))
    assert problem(Standing("zoe", None)) == "nothing was handed in"
    assert problem(standing()) is None


def test_a_rejected_notebook_has_no_points_and_says_why_everywhere(url: str, enter: Enter):
    """Whoever opens any exercise reads it."""
    enter(standing(content=report.rejected("This file is empty.", 100.0)))
    assert set(grades(url).values()) == {(0.0, False)}
    assert comments(url)[SOLUTION] == comments(url)["returns_minus_baseline_solution"]
    assert comments(url)[SOLUTION] == "This file is empty."


@pytest.mark.parametrize(("method", "percent"), [("zero", 100.0), ("none", 0.0)])
def test_late_penalties_are_nbgraders(url: str, enter: Enter, method: str, percent: float):
    """A rule that says the same takes off the same, of a score with what people gave in it."""
    enter(standing())
    by_hand(url, ASKED, manual_score=17.0)
    rule = Late(percent_a_day=percent)
    enter(standing(late_seconds=3600.0), penalty=lambda score: late.penalty(score, 3600.0, rule))
    theirs = LateSubmissionPlugin(penalty_method=method).late_submission_penalty(
        "ada", 97.0, 3600.0
    )
    with Gradebook(url) as found:
        assert notebook(found).score == 97.0
        assert notebook(found).late_submission_penalty == theirs


def test_a_penalty_that_nbgrader_reckons_is_left_alone(url: str, enter: Enter):
    """Where assignment.toml has no due date, the gradebook's own counts."""
    enter(standing())
    with Gradebook(url) as found:
        notebook(found).late_submission_penalty = 7.0
        found.db.commit()
    enter(standing())
    with Gradebook(url) as found:
        assert notebook(found).late_submission_penalty == 7.0


def test_points_and_the_due_date_follow_the_course(url: str, book: Book, light_course: Course):
    """Whoever changes them after the release finds them in formgrader."""
    released = nbformat.read(light_course.released, as_version=4)
    (cell,) = (c for c in released.cells if c.get("id") == "plain-returns")
    cell.metadata.nbgrader.points = 44
    due = datetime(2026, 11, 21, 12)
    book.prepare(released, due)
    with Gradebook(url) as found:
        assert found.find_assignment(LIGHT).max_score == 104.0
        assert found.find_assignment(LIGHT).duedate == due


def test_grades_for_cells_that_are_gone_are_kept(
    url: str, book: Book, enter: Enter, light_course: Course
):
    """A release with other cells wants another gradebook, in a sentence."""
    enter(standing())
    released = nbformat.read(light_course.released, as_version=4)
    released.cells = [c for c in released.cells if c.get("id") != "plain-returns"]
    with pytest.raises(GradebookError, match="for other cells than the release has now"):
        book.prepare(released)
    assert grades(url)[EXERCISE] == (40.0, False)
