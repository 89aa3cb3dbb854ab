"""Claims about standings: everybody has one, the raw score stays, and what changed it is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder import report
from autograder.course.folder import Course
from autograder.grades.collected import TAKEN, Entry
from autograder.grades.decisions import Decisions, read_decisions
from autograder.grades.roster import Roster
from autograder.grades.standing import Member, Standing
from autograder.grades.standings import standings
from autograder.report import Report
from tests.helpers.fake_engine import whole
from tests.helpers.small_class import SETTINGS, lay_out

LATE = """\
due = 2026-10-31T23:59:00
title = "Small Returns"
[late]
grace_minutes = 15
percent_a_day = 10
at_most_percent = 50
free_days = 1
[exercises.returns]
checks = { values = 1 }
[exercises.why]
"""


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course whose assignment is due, with two exercises as far as its settings go."""
    laid_out = lay_out(tmp_path / "course")
    laid_out.settings.write_text(LATE)
    return laid_out


def scored(student: str, score: float, **more: object) -> Report:
    """A report with one exercise, worth 10."""
    part = report.exercise_result("returns", 10.0, []).model_copy(update={"score": score})
    return whole(report.graded([part]), student, **more)


def decided(folder: Path, text: str) -> Decisions:
    """The decisions in a table with these lines below its columns."""
    path = folder / "decisions.csv"
    path.write_text("student,exercise,points,reason,excused,extension,group\n" + text)
    return read_decisions(path, "small", ["returns", "why"])


def came(student: str, day: int, hour: int = 23) -> Entry:
    """What was taken of a student, handed in on a day of November."""
    return Entry(student, student, TAKEN, time=datetime(2026, 11, day, hour, tzinfo=UTC))


def by_student(made: Sequence[Standing]) -> dict[str, Standing]:
    """Each has one standing."""
    assert len({each.student for each in made}) == len(made)
    return {each.student: each for each in made}


def test_everybody_has_one(course: Course):
    """Who handed in and who is on the roster, each once, also where letters are composed otherwise."""
    roster = Roster("nbgrader", (Member("Zoe\u0308"), Member("bob"), Member("carol")))
    found = by_student(
        standings(course, [scored("Zo\u00eb", 4), scored("dan", 5), scored("bob", 6)], roster)
    )
    assert list(found) == sorted(["Zo\u00eb", "bob", "carol", "dan"])
    assert found["Zo\u00eb"].member == roster.members[0]
    assert (found["carol"].report, found["carol"].final) == (None, None)
    assert found["carol"].reasons == ("Nothing was handed in.",)
    assert found["dan"].member is None
    assert (found["bob"].raw, found["bob"].penalty, found["bob"].final) == (6, 0, 6)
    assert found["bob"].reasons == ()


@pytest.mark.parametrize(
    ("day", "hour", "penalty"),
    [(1, 0, 0.0), (1, 20, 0.0), (2, 20, 0.8), (3, 20, 1.6), (30, 20, 4.0)],
    ids=["within the grace", "the free day", "a day begun", "two", "at most"],
)
def test_what_is_late_loses_what_the_rule_says(day: int, hour: int, penalty: float, course: Course):
    """The grace, then the days that have begun without the free one; the raw score stays beside it."""
    (made,) = standings(course, [scored("ada", 8)], collected=[came("ada", day, hour)])
    assert (made.raw, made.penalty, made.final) == (8, penalty, 8 - penalty)
    assert bool(made.late_seconds) == (hour != 0)
    assert len(made.reasons) == bool(made.late_seconds)


def test_what_was_decided_shows_with_its_reason(course: Course, tmp_path: Path):
    """Points in place of the report's, an excuse, an extension; another's line touches nobody else."""
    decisions = decided(
        tmp_path,
        "ada,returns,9.5,read on paper,,,\nbob,,,ill,yes,,\ncarol,,,moved house,,2026-11-05,\n"
        "dan,why,3,answered aloud,,,\n",
    )
    found = by_student(
        standings(
            course,
            [scored(name, 8) for name in ("ada", "bob", "carol")],
            decisions=decisions,
            collected=[came("ada", 1, 0), came("carol", 5), came("bob", 20)],
        )
    )
    assert (found["ada"].raw, found["ada"].final) == (9.5, 9.5)
    assert found["ada"].reasons == (
        "returns: 9.5 of 10 points in place of 8, decided by hand: read on paper",
    )
    assert found["ada"].report is not None
    assert found["ada"].report.score == 8
    assert (found["bob"].excused, found["bob"].raw, found["bob"].final) == (True, None, None)
    assert found["bob"].reasons[-1] == "Excused: ill"
    assert (found["carol"].late_seconds, found["carol"].final) == (0, 8)
    assert found["carol"].reasons == ("Due 2026-11-05 23:59 instead: moved house",)
    assert (found["dan"].report, found["dan"].final) == (None, 3)
    assert "nobody of this name handed in" in found["dan"].reasons[0]


def test_a_fault_of_ours_is_no_score_until_everything_is_decided(course: Course, tmp_path: Path):
    """Never a zero; with points for every exercise there is one."""
    broken = whole(report.grader_error("KeyError", 10.0), "ada")
    (made,) = standings(course, [broken], decisions=decided(tmp_path, "ada,why,3,read,,,\n"))
    assert (made.raw, made.final) == (None, None)
    both = decided(tmp_path, "ada,why,3,read,,,\nada,returns,4,read,,,\n")
    (made,) = standings(course, [broken], decisions=both)
    assert made.final == 7


def test_a_groups_one_submission_counts_for_all_members(course: Course, tmp_path: Path):
    """The last that came, with its time; where that is not known, nobody gets another's."""
    decisions = decided(tmp_path, "ada,,,,,,pair\nbob,,,,,,pair\ncarol,,,,,,pair\n")
    two = [scored("ada", 3, submission_sha256="1" * 64), scored("bob", 7)]
    found = by_student(standings(course, two, None, decisions, [came("ada", 1, 0), came("bob", 2)]))
    assert [found[name].raw for name in ("ada", "bob", "carol")] == [7, 7, 7]
    assert found["carol"].late_seconds == found["bob"].late_seconds > 0
    assert found["carol"].reasons[0] == "Handed in by bob for the group pair."
    found = by_student(standings(course, two, None, decisions))
    assert [found[name].raw for name in ("ada", "bob", "carol")] == [3, 7, None]
    assert "which came last is not known: ada, bob." in found["carol"].reasons[-1]


def test_times_without_a_due_date_make_nothing_late(course: Course):
    """Nor does a due date without a time."""
    (made,) = standings(course, [scored("ada", 8)])
    assert (made.handed_in, made.late_seconds) == (None, 0)
    course.settings.write_text(SETTINGS)
    (made,) = standings(course, [scored("ada", 8)], collected=[came("ada", 30)])
    assert (made.late_seconds, made.final) == (0, 8)
