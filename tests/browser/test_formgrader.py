"""Claims about grading in formgrader, pressed and read in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.course.folder import Course
from autograder.engines.bubblewrap import BubblewrapEngine
from tests.helpers import browser, formgrader, nbgrader_course
from tests.helpers.formgrader import ANSWER, WRONG, Formgrader
from tests.helpers.grading import LIGHT, Notebooks

pytestmark = pytest.mark.browser

ASKED = "why_baseline"


@pytest.fixture(scope="module")
def marker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that is there where a student's code has run on this machine."""
    return tmp_path_factory.mktemp("marker") / "marker"


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory,
    unless: Callable[[bool, str], None],
    light_course: Course,
    light_notebooks: Notebooks,
    marker: Path,
) -> Course:
    """A course in which nothing is graded yet; dora's notebook leaves a mark where it runs."""
    for problem in (browser.missing(), BubblewrapEngine(light_course).problem()):
        unless(problem is None, str(problem))
    course = formgrader.lay_out(tmp_path_factory.mktemp("course"), "bubblewrap")
    leaves = f"open({str(marker)!r}, 'w').close()\n{WRONG}"
    nbgrader_course.hand_in(course, "dora", light_notebooks.solved(plain_returns=leaves))
    return course


@pytest.fixture(scope="module")
def opened(course: Course) -> Iterator[Formgrader]:
    """Formgrader in that course."""
    with formgrader.opened(course) as opened:
        yield opened


def test_the_button_grades_in_the_sandbox(opened: Formgrader, course: Course, marker: Path):
    """It says that all went well; the score is ours, and nothing has run on this machine."""
    nbgrader_course.autograde(course, "--student", "ben", engine="bubblewrap")
    said = opened.autogrades("dora")
    assert "Successfully autograded" in said
    assert not marker.exists()
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        assert {s.student.id: s.score for s in book.assignment_submissions(LIGHT)}["dora"] == 40.0


def test_a_person_reads_what_was_written_and_gives_points(opened: Formgrader, course: Course):
    """The student's code with our sentences, the answer, and a box that takes its points."""
    opened.opens_submission("ben")
    page = opened.page
    text = page.inner_text("body")
    assert WRONG.splitlines()[-2].strip() in text
    assert "For an episode of three steps the returns are not right." in text
    comment = page.locator("#plain_returns_solution-comment")
    assert "the returns are not right" in str(comment.get_attribute("placeholder"))
    assert ANSWER in text
    page.locator(f"#{ASKED}").fill("17")
    with page.expect_response(lambda response: "/api/grade/" in response.url):
        page.locator(f"#{ASKED}").press("Tab")
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        grade = book.find_grade(ASKED, LIGHT, LIGHT, "ben")
        assert (grade.manual_score, grade.needs_manual_grade) == (17.0, False)
    nbgrader_course.autograder(course, "export", "nbgrader")
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        grade = book.find_grade(ASKED, LIGHT, LIGHT, "ben")
        assert (grade.manual_score, grade.needs_manual_grade) == (17.0, False)
        assert book.find_submission(LIGHT, "ben").score == 57.0


def test_feedback_has_the_score_our_sentences_and_what_is_still_to_come(
    opened: Formgrader, course: Course
):
    """Ben's answer has its points by now; of dora's it is said that they are to come."""
    nbgrader_course.nbgrader(course.root, "generate_feedback", LIGHT)
    opened.page.goto(formgrader.feedback(course, "ben"))
    text = opened.page.inner_text("body")
    assert "(Score: 57.0 / 100.0)" in text
    assert text.count("For an episode of three steps the returns are not right.") == 1
    assert "has not been graded yet" not in text
    opened.page.goto(formgrader.feedback(course, "dora"))
    assert "This answer has not been graded yet" in opened.page.inner_text("body")
