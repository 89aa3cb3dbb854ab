"""Claims about what `autograder grade` says of a class: everybody is in it, and the last lines add up."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from autograder import report
from autograder.course.folder import Course
from autograder.report import Judgement
from tests.helpers.collecting import rows, write
from tests.helpers.command import Run
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.lms import notebook
from tests.helpers.small_class import SETTINGS, hand_in

LATE = """\
due = 2026-10-31T23:59:00
late = { grace_minutes = 10, percent_a_day = 10 }
"""


@pytest.fixture(autouse=True)
def _engine(fake: FakeEngine) -> None:
    """Everybody gets eight of ten points in the one exercise."""
    part = report.exercise_result("returns", 10.0, []).model_copy(update={"score": 8.0})
    fake.behave = lambda notebook, call: report.graded([part])


def table() -> dict[str, dict[str, str]]:
    """The rows of scores.csv by student."""
    with Path("graded/small/scores.csv").open(newline="", encoding="utf-8") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_every_entry_of_a_folder_is_named(small: Course, run: Run):
    """What is somebody's other assignment, and what is nobody's; only that makes status 3."""
    hand_in(Path("submitted"), "ada", "bob")
    write("submitted/carol/other/other.ipynb")
    write("submitted/.DS_Store")
    status, output, _ = run("grade", "submitted")
    assert status == 0
    assert output.endswith(
        "4 entries found, 2 graded, 0 rejected, 2 passed over:\n"
        "  submitted/.DS_Store: macOS put it there, not a student\n"
        "  submitted/carol: it holds nothing of small\n"
    )
    write("submitted/dan/small.ipynb")
    status, output, errors = run("grade", "submitted")
    assert status == 3
    assert "submitted/dan: to be looked at: A notebook lies in it, and not in dan/small/" in output
    assert errors == (
        "autograder: 1 entry could not be placed: look at it above, and run the same command again.\n"
    )


def test_who_grades_what_was_collected_reads_once_more_what_was_not_laid_out(
    small: Course, run: Run
):
    """By name, as when it was collected; whoever grades something else reads nothing of it."""
    write("handed/ada/small.ipynb", notebook("1"))
    write("handed/.DS_Store")
    _, collected, _ = run("collect", "handed")
    (line,) = (line for line in collected.splitlines() if "DS_Store" in line)
    status, output, _ = run("grade", "submitted")
    assert status == 0
    assert output.endswith(
        f"Not laid out when this was collected (collected/small/collected.csv), 1:\n{line}\n"
    )
    _, output, _ = run("grade", "submitted/ada")
    assert "when this was collected" not in output


def test_the_table_that_grading_writes_has_the_ideas_that_were_named(
    small: Course, fake: FakeEngine, run: Run
):
    """As the one that is exported later has them."""
    part = report.exercise_result("returns", 10.0, []).model_copy(
        update={"score": 8.0, "misconception": "forgets_gamma"}
    )
    fake.behave = lambda notebook, call: report.graded([part])
    hand_in(Path("submitted"), "ada")
    run("grade", "submitted")
    assert table()["ada"]["misconceptions"] == "returns: forgets_gamma"


def test_whoever_is_on_the_roster_has_a_row_everywhere(small: Course, run: Run):
    """In the table, on the terminal, in scores.csv and in JSON; strangers are listed."""
    hand_in(Path("submitted"), "ada", "eve")
    write("students.csv", "id,email\nada,\nzoe,zoe@uni.example\n")
    status, output, _ = run("grade", "submitted", "--roster", "students.csv")
    assert status == 0
    assert "\nNot handed in: zoe.\nNot on the roster: eve.\n" in output
    assert {name: row["outcome"] for name, row in table().items()} == {
        "ada": "graded", "eve": "graded", "zoe": "not_handed_in",
    }  # fmt: skip
    assert table()["zoe"]["final"] == ""
    assert any(line.split()[:4] == ["zoe", "not", "handed", "in"] for line in output.splitlines())
    _, output, _ = run("export", "json", "--roster", "students.csv")
    assert [(e["student"], e["standing"]["final"]) for e in json.loads(output)] == [
        ("ada", 8), ("eve", 8), ("zoe", None),
    ]  # fmt: skip


def test_late_rules_and_decisions_change_what_counts_and_grade_nobody_again(
    small: Course, fake: FakeEngine, run: Run
):
    """The raw score stays beside the final one, with the reason; decisions.csv stays as it is."""
    hand_in(Path("submitted"), "ada", "bob", "carol", "dan")
    for name, time in (("ada", "11-01 10:00"), ("bob", "11-02 10:00"), ("carol", "11-02 10:00")):
        write(f"submitted/{name}/small/timestamp.txt", f"2026-{time}:00 UTC\n")
    run("grade", "submitted")
    assert {row["final"] for row in table().values()} == {"8.0"}
    small.settings.write_text(LATE + SETTINGS)
    decisions = (
        "student,exercise,points,reason,excused,extension\nada,returns,9,=read on paper,,\n"
        "carol,,,ill,,3\ndan,,,left,yes,\n"
    )
    write("decisions.csv", decisions)
    status, output, _ = run("grade", "submitted")
    assert status == 0
    assert len(fake.graded) == 4
    found = {
        name: [row[key] for key in ("score", "raw", "penalty", "final")]
        for name, row in table().items()
    }
    assert found == {
        "ada": ["8.0", "9.0", "0.9", "8.1"],
        "bob": ["8.0", "8.0", "1.6", "6.4"],
        "carol": ["8.0", "8.0", "0.0", "8.0"],
        "dan": ["8.0", "", "0.0", ""],
    }
    assert "decided by hand: =read on paper" in table()["ada"]["reason"]
    assert "1.6 points off" in table()["bob"]["reason"]
    for said in (
        "ada: returns: 9 of 10 points in place of 8",
        "dan: Excused: left",
        "carol: Due 2026",
    ):
        assert said in output
    assert Path("decisions.csv").read_text() == decisions
    assert [row.late for row in rows("graded/small")] == [True, True, True, None]
    run("grade", "submitted", "--force")
    assert table()["ada"]["final"] == "8.1"


def test_a_bad_line_of_decisions_stops_before_anything_is_graded(
    small: Course, fake: FakeEngine, run: Run
):
    """With a sentence for each; whoever wrote it would believe in it."""
    hand_in(Path("submitted"), "ada")
    write("decisions.csv", "student,exercise,points,reason\nada,retruns,1,x\nada,returns,1,\n")
    status, output, errors = run("grade", "submitted")
    assert (status, output, fake.graded) == (2, "", [])
    assert "line 2: 'retruns' is no exercise of small" in errors
    assert "line 3: the reason is missing" in errors


def test_a_fault_of_ours_is_counted_and_outranks_an_entry_that_cannot_be_placed(
    fake: FakeEngine, run: Run
):
    """Status 1: the same command must run again; the account is given all the same."""

    def behave(content: bytes, call: int) -> Judgement:
        return report.grader_error("KeyError", 1.0)

    fake.behave = behave
    hand_in(Path("submitted"), "ada")
    write("submitted/what is this.pdf")
    status, output, _ = run("grade", "submitted")
    assert status == 1
    assert (
        "2 entries found, 0 graded, 0 rejected, 1 not graded for a fault of ours, 1 passed over:\n"
        in output
    )


def test_what_the_lms_said_is_still_known_when_it_is_graded_later(small: Course, run: Run):
    """`collect`, then `grade submitted`: the mark for being late, without a time, takes nothing off."""
    small.settings.write_text(LATE + SETTINGS)
    write("class/lovelaceada_LATE_1_2_small.ipynb", notebook("ada"))
    run("collect", "class")
    run("grade", "submitted")
    (row,) = rows("graded/small")
    assert (row.student, row.late, row.name) == ("1", True, "lovelaceada")
    assert table()["1"]["final"] == "8.0"
    assert "marked it as late" in table()["1"]["reason"]


def test_a_team_of_moodles_is_its_members(small: Course, run: Run):
    """The group's name stands in decisions.csv; the team itself is nobody."""
    write("class/Team 4_99_assignsubmission_file/small.ipynb", notebook("both"))
    write("decisions.csv", "student,group\nada,Team 4\nbob,Team 4\n")
    write("students.csv", "id,email\nada,\nbob,\ncarl,\n")
    _, output, _ = run("grade", "class", "--roster", "students.csv")
    assert "\nNot handed in: carl.\n1 entry found" in output
    assert {name: row["final"] for name, row in table().items()} == {
        "ada": "8.0", "bob": "8.0", "carl": "",
    }  # fmt: skip


def test_nobody_is_said_to_have_handed_in_nothing_while_entries_are_unplaced(
    small: Course, run: Run
):
    """Hers may be among them; where it is known to be hers, why it was not taken."""
    write(
        "students.csv",
        "id,first_name,last_name\nada,Ada,Lovelace\nada2,Ada,Lovelace\nbob,Bob,Rao\n",
    )
    write("a/Ada Lovelace/small.ipynb", notebook("ada"))
    for folder in ("b", "c"):
        write(f"{folder}/Bob Rao/small.ipynb", notebook(folder))
    assert run("grade", "a", "b", "c", "--roster", "students.csv")[0] == 3
    reasons = {name: row["reason"] for name, row in table().items()}
    assert reasons["ada"] == reasons["ada2"]
    assert "among the entries that could not be placed" in reasons["ada"]
    assert "which came last: keep one" in reasons["bob"]


def test_a_loop_over_notebooks_of_one_name_overwrites_nobody(small: Course, run: Run):
    """A notebook that is called as the assignment is its folder's, be it named or its folder."""
    for name in ("ada", "bob"):
        write(f"class/{name}/small.ipynb", notebook(name))
        run("grade", f"class/{name}/small.ipynb")
    assert {path.stem for path in Path("graded/small").glob("*.json")} == {"ada", "bob"}
    write("class/carl/small.ipynb", notebook("carl"))
    run("grade", "class/carl")
    assert {path.stem for path in Path("graded/small").glob("*.json")} == {"ada", "bob", "carl"}


def test_two_folders_that_differ_by_case_stay_two_students(fake: FakeEngine, run: Run):
    """Where they lie there are two, whoever would lay them out anew."""
    hand_in(Path("submitted"), "ada", "Ada")
    assert run("grade", "submitted")[0] == 0
    assert set(table()) == {"ada", "Ada"}
