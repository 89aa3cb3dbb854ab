"""Claims about a gradebook in PostgreSQL: a real server, and several who write at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.course.folder import Course
from autograder.grades.standing import Member
from autograder.nbgrader.entry import entry
from autograder.nbgrader.gradebook import Book
from autograder.nbgrader.trouble import NotTaken
from autograder.submission.assignment import load_assignment
from tests.helpers import postgres
from tests.helpers.grading import LIGHT, ROOT
from tests.helpers.standings import judgement, standing

pytestmark = pytest.mark.postgres

WRITERS = 4
STUDENTS = [f"student-{number}" for number in range(8)]


@pytest.fixture(scope="module")
def url(unless: Callable[[bool, str], None]) -> Iterator[str]:
    """An empty database."""
    problem = postgres.missing()
    unless(problem is None, str(problem))
    with postgres.serve() as url:
        yield url


def write_all(url: str, writer: int) -> int:
    """Open the gradebook, whatever is in it, and enter the whole class, each writer in another order."""
    course = Course(ROOT, LIGHT)
    assignment = load_assignment(course)
    with Book(url, "", LIGHT) as book:
        book.prepare(nbformat.read(course.released, as_version=4))
        for number in range(len(STUDENTS)):
            student = STUDENTS[(number * (writer + 1) + writer) % len(STUDENTS)]
            content = standing(student, judgement(first=0.5), member=Member(student, "A", "B"))
            book.enter(entry(assignment, content), None, lambda cell: False)
    return writer


@pytest.fixture(scope="module")
def written(url: str) -> str:
    """The database after four processes have each entered everybody, starting with no table in it."""
    with ProcessPoolExecutor(WRITERS, mp_context=get_context("spawn")) as pool:
        done = pool.map(write_all, [url] * WRITERS, range(WRITERS))
        assert sorted(done) == list(range(WRITERS))
    return url


def test_four_who_write_at_once_enter_everybody_once(written: str):
    """Nobody fails, nobody is there twice, and every score is as it should be."""
    with Gradebook(written, "") as book:
        found = {
            s.student.id: (s.score, s.needs_manual_grade)
            for s in book.assignment_submissions(LIGHT)
        }
        assert found == dict.fromkeys(STUDENTS, (60.0, True))
        assert len(book.students) == len(STUDENTS)
        submissions = book.assignment_submissions(LIGHT)
        assert {len(s.notebooks[0].grades) for s in submissions} == {3}
        assert {len(s.notebooks[0].comments) for s in submissions} == {3}


def test_what_the_database_does_not_take_is_said_of_one_student(written: str, light_course: Course):
    """A name longer than nbgrader's column is that student's trouble alone."""
    assignment = load_assignment(light_course)
    with Book(written, "", LIGHT) as book:
        with pytest.raises(NotTaken):
            book.enter(entry(assignment, standing("x" * 200)), None, lambda cell: False)
        book.enter(entry(assignment, standing(STUDENTS[0])), None, lambda cell: False)
    with Gradebook(written, "") as found:
        assert found.find_submission(LIGHT, STUDENTS[0]).score == 80.0
