"""Claims about due dates and what is late: what has no meaning is a sentence, no penalty exceeds a score."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.folder import Course
from autograder.course.settings import Late, load_settings
from autograder.errors import SettingsError
from autograder.grades import late
from tests.helpers.small_class import SETTINGS, lay_out

PERCENT = st.floats(0, 100)
RULES = st.builds(
    Late,
    grace_minutes=st.floats(0, 10_000),
    percent_a_day=PERCENT,
    at_most_percent=PERCENT,
    free_days=st.floats(0, 30),
)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course whose settings a test may write."""
    return lay_out(tmp_path)


@pytest.mark.parametrize(
    ("top", "below", "said"),
    [
        ("", "[late]\npercent_a_day = 10\n", "[late] needs a due date: write due = "),
        ("due = 2026-10-31\n", "", "due must be a day and a time, such as 2026-10-31T23:59:00"),
        ("due = 'tomorrow'\n", "", "due must be a day and a time"),
        ("due = 2026-10-31T10:00:00\n", "[late]\npercent = 5\n", "late.percent is no key"),
        ("due = 2026-10-31T10:00:00\n", "[late]\npercent = 5\n", "grace_minutes, percent_a_day"),
        (
            "due = 2026-10-31T10:00:00\n",
            "[late]\npercent_a_day = 200\n",
            "late.percent_a_day must be",
        ),
        ("timezone = 'a b'\n", "", "timezone "),
    ],
)
def test_settings_without_a_meaning_are_refused_by_name(
    top: str, below: str, said: str, course: Course
):
    """With the key, and what would be right."""
    course.settings.write_text(f"{top}{SETTINGS}\n{below}")
    with pytest.raises(SettingsError) as caught:
        load_settings(course)
    assert said in str(caught.value)


def test_a_zone_that_nobody_knows_is_a_sentence(course: Course):
    """It is looked up where it is needed: a grading session has no use for zones."""
    course.settings.write_text(f"timezone = 'Middle/Earth'\n{SETTINGS}")
    with pytest.raises(SettingsError, match="Middle/Earth"):
        late.timezone(load_settings(course))


def test_a_due_date_is_told_where_the_course_is(course: Course):
    """Unless it has an offset of its own."""
    course.settings.write_text(
        f"due = 2026-10-31T23:59:00\ntimezone = 'America/New_York'\n{SETTINGS}"
    )
    settings = load_settings(course)
    due = late.due(settings, late.timezone(settings))
    assert due is not None
    assert due.astimezone(UTC) == datetime(2026, 11, 1, 3, 59, tzinfo=UTC)


@given(st.floats(0, 1000), st.floats(-1e7, 1e7), RULES)
def test_a_penalty_is_between_nothing_and_the_score(score: float, seconds: float, rule: Late):
    """As nbgrader wants it of its plugin; what came in time loses nothing, and later is never cheaper."""
    until = datetime(2026, 10, 31, tzinfo=UTC)
    first, second = (
        late.seconds_late(until + timedelta(seconds=seconds + more), until, rule)
        for more in (0, 90_000)
    )
    taken = late.penalty(score, first, rule)
    assert 0 <= taken <= round(score, 2)
    assert taken <= late.penalty(score, second, rule)
    if seconds <= rule.grace_minutes * 60:
        assert taken == 0


def test_nbgraders_own_methods_are_rules():
    """'none' is no rule at all, 'zero' is all of the score on the first day."""
    assert late.penalty(80, 1, Late()) == 0
    assert late.penalty(80, 1, Late(percent_a_day=100)) == 80
