"""The page on the visible checks is of today's checks and cases; nobody edits its numbers.

Nothing is run here: the page says of what it was made, and that is compared with what there is.
"""

import re

import pytest

from autograder.cases.loading import MISTAKES, case_folders
from autograder.course.folder import Course
from tests.helpers.grading import ROOT
from tools.visible import page
from tools.visible.reasons import REASONS

PAGE = (ROOT / "docs" / "visible-checks.md").read_text(encoding="utf-8")
REMEDY = f"Run '{page.COMMAND}' and commit what it writes."
LEAST = 0.85  # of the mistakes are stopped


def test_the_page_is_of_todays_visible_checks(course: Course):
    """Whoever changes one tries it with all cases."""
    assert f"visible checks: {page.marks(course)['visible checks']}" in PAGE, REMEDY


def test_the_page_is_of_all_cases(course: Course):
    """Whoever adds a case tries it with the visible checks, too."""
    assert f"cases: {page.marks(course)['cases']}" in PAGE, REMEDY


def test_most_mistakes_are_stopped_and_nothing_right():
    """The share and the stopped right solutions, as the page has them."""
    ((mistakes, stopped, _, wrongly),) = re.findall(
        r"^\| \*\*together\*\* \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE
    )
    assert int(stopped) / int(mistakes) >= LEAST
    assert int(wrongly) == 0


def test_each_mistake_that_passes_has_a_reason(course: Course):
    """Somebody has thought about it."""
    assert "Nobody has said why yet" not in PAGE
    listed = PAGE.partition("## Mistakes that pass")[2]
    assert set(re.findall(r"^- `(\w+)`:", listed, re.MULTILINE)) <= {
        name for names in REASONS.values() for name in names
    }


@pytest.mark.parametrize("name", sorted(name for names in REASONS.values() for name in names))
def test_each_reason_is_of_a_case(course: Course, name: str):
    """None is left over from a case that is gone."""
    assert name in {folder.name for folder in case_folders(course, MISTAKES)}
