"""The README's numbers on how well checks judge are those of today's checks, cases and masters.

Nothing is graded here: what was kept says of what it is, and that is compared with what there is.
"""

import pytest

from autograder.cases.loading import KINDS, case_folders
from autograder.certificate import equivalent, mutants, page, record
from autograder.certificate.make import EQUIVALENT
from autograder.certificate.record import Summary
from autograder.course.content import CERTIFICATE, course_digest
from autograder.course.folder import Course, find_courses
from autograder.course.settings import load_settings
from autograder.outputs import rubric
from tests.helpers.grading import ROOT

COURSES = {course.assignment: course for course in find_courses(ROOT)}
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(params=COURSES)
def course(request: pytest.FixtureRequest) -> Course:
    """Each assignment in turn."""
    return COURSES[request.param]


@pytest.fixture
def kept(course: Course) -> Summary:
    """What was kept of its certificate."""
    return record.read_summary(course.checks / CERTIFICATE)


def remedy(course: Course) -> str:
    """What to do where a certificate is of something else."""
    return (
        f"Run 'autograder certify {course.assignment} --write README.md' and commit what it writes."
    )


def test_the_readme_has_the_numbers_that_were_kept(course: Course, kept: Summary):
    """Nobody edits them by hand."""
    mark = page.mark(course.assignment)
    assert rubric.inserted(README, page.table(kept), mark) == README, remedy(course)


def test_the_numbers_are_of_todays_checks(course: Course, kept: Summary):
    """Whoever changes a check, a weight, the master or what is released measures anew."""
    today = course_digest(course, load_settings(course))
    assert kept.course == today, f"Checks, master or release have changed. {remedy(course)}"


def test_the_numbers_are_of_all_cases(course: Course, kept: Summary):
    """Whoever adds or removes a case measures anew; none was left out."""
    today = {kind: len(case_folders(course, kind)) for kind in KINDS}
    assert kept.cases == today, f"There are other cases now. {remedy(course)}"
    graded = {row.kind: row.trials for row in kept.matrix}
    assert {kind: graded[kind] for kind in KINDS} == today
    assert kept.left_out == {}


def test_the_numbers_are_of_all_mutants(course: Course, kept: Summary):
    """Whoever says that one is equivalent, or no longer, measures anew."""
    made = mutants.make_mutants(course).made
    listed = equivalent.load(course, made)
    excused = sum(listed.why(mutant) is not None for mutant in made)
    graded = {row.kind: row.trials for row in kept.matrix}
    today = len(made) - excused, excused
    assert (graded["mutants"], graded[EQUIVALENT]) == today, remedy(course)
