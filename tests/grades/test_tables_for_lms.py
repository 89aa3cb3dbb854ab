"""Claims about what is uploaded to Canvas and Moodle: the instructor's own table, with our scores in it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from autograder import report
from autograder.grades import tables
from autograder.grades.standing import Member, Standing
from autograder.grades.tables import BadTable
from autograder.outputs import canvas, jsonl, moodle
from autograder.outputs.filled import Filled, Wanted
from tests.helpers.standings import judgement, standing

TITLE = "Warm-up: returns and a baseline"
WANTED = Wanted((TITLE, "returns_warmup"), 100.0)
CANVAS = f"""\
Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (11),{TITLE} (12)
    Points Possible,,,,,10.00,100.00
"Lovelace, Ada",101,s-1,ada,Monday,9.00,
"=cmd|' /C calc'!A0, Ben",102,s-2,ben@example.org,Monday,,70.00
"Nobody, Nell",103,s-3,nell,Monday,,50
"Student, Test",104,,f00,Monday,,
"""
DAY = "Friday, 20 November 2026"
MOODLE = (
    "Identifier,Full name,ID number,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
    f'Participant 7,Ada Lovelace,ada,ada@example.org,Submitted,,100.00,Yes,"{DAY}, 12:00 PM",-,\n'
    f'Participant 8,=cmd()|x,,ben@example.org,Submitted,70.00,100.00,Yes,"{DAY}, 12:00 PM",'
    f'"{DAY}, 1:00 PM",old\n'
    "Participant 9,Nell Nobody,,,No submission,,100.00,Yes,-,-,\n"
)
MARKUP = "<script>alert(1)</script>"


def sheet(tmp_path: Path, text: str) -> tables.Sheet:
    """The table as it is read."""
    path = tmp_path / "downloaded.csv"
    path.write_text(text, encoding="utf-8")
    return tables.read(path)


def rows(filled: Filled) -> list[dict[str, str]]:
    """What would be uploaded."""
    return list(csv.DictReader(io.StringIO(filled.text)))


@pytest.fixture
def standings() -> list[Standing]:
    """Ada has 80 points, Ben 70; zoe is in no LMS, and max had a fault of ours."""
    ada = standing("ada", member=Member("ada", "Ada", "Lovelace", "ada@example.org", "101"))
    ben = standing("ben", judgement(first=0.75), member=Member("ben", email="ben@example.org"))
    broken = standing("max", report.grader_error("broke", 100.0))
    return [ada, ben, standing("zoe"), broken]


def test_canvas_gets_one_column(tmp_path: Path, standings: list[Standing]):
    """The columns by which it finds students, the row of points, and no other assignment's grades."""
    done = canvas.fill(standings, sheet(tmp_path, CANVAS), WANTED)
    points, ada, ben = rows(done)
    assert list(ada) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", f"{TITLE} (12)"]
    assert points["Student"] == "    Points Possible"
    assert (ada["ID"], ada[f"{TITLE} (12)"]) == ("101", "80")
    assert (ben["ID"], ben[f"{TITLE} (12)"]) == ("102", "70")
    assert done.rows == 2


def test_whoever_is_in_one_table_alone_is_named(tmp_path: Path, standings: list[Standing]):
    """In either of them, with the reason."""
    done = canvas.fill(standings, sheet(tmp_path, CANVAS), WANTED)
    assert done.left_out == {
        "Nobody, Nell": "nothing of theirs is among the reports",
        "zoe": "no row of the table is theirs",
    }
    done = moodle.fill(standings, sheet(tmp_path, MOODLE), WANTED)
    assert done.left_out == {
        "Participant 9 Nell Nobody": "nothing of theirs is among the reports",
        "zoe": "no row of the table is theirs",
    }


def test_a_number_of_the_lms_is_no_name_of_ours(tmp_path: Path):
    """Somebody who is called 101 here, and 102 there, has the row of 102."""
    odd = standing("101", member=Member("101", lms_user_id="102"))
    _, only = rows(canvas.fill([odd], sheet(tmp_path, CANVAS), WANTED))
    assert only["ID"] == "102"


def test_two_who_may_both_be_meant_are_left_out(tmp_path: Path):
    """Nobody is guessed."""
    both = [standing("ada"), standing("ADA")]
    done = canvas.fill(both, sheet(tmp_path, CANVAS), WANTED)
    assert done.rows == 0
    assert done.left_out["Lovelace, Ada"] == "it is not clear whose row this is"


def test_only_what_is_new_is_uploaded(tmp_path: Path, standings: list[Standing]):
    """With `changed`: Ben has his 70 points already."""
    wanted = Wanted(WANTED.titles, WANTED.max_score, changed=True)
    _, ada = rows(canvas.fill(standings, sheet(tmp_path, CANVAS), wanted))
    assert ada["ID"] == "101"
    first = moodle.fill(standings, sheet(tmp_path, MOODLE), wanted)
    assert first.rows == 2, "Ben's comment is another one."
    assert moodle.fill(standings, sheet(tmp_path, first.text), wanted).rows == 0


@pytest.mark.parametrize(("module", "table"), [(canvas, CANVAS), (moodle, MOODLE)])
def test_no_cell_is_a_formula(module, table: str, tmp_path: Path, standings: list[Standing]):
    """Not the names that students have given themselves."""
    done = module.fill(standings, sheet(tmp_path, table), WANTED)
    cells = [cell for row in rows(done) for cell in row.values()]
    assert any("=cmd" in cell for cell in cells)
    assert [
        cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@")) and cell != "-"
    ] == []


def test_an_excused_student_is_excused_in_canvas(tmp_path: Path):
    """And somebody whose score we owe has no zero: the row is left out, and Canvas keeps what it has."""
    excused = standing("ada", raw=None, final=None, excused=True)
    broken = standing("ben@example.org", report.grader_error("broke", 100.0))
    done = canvas.fill([excused, broken], sheet(tmp_path, CANVAS), WANTED)
    assert [row[f"{TITLE} (12)"] for row in rows(done)] == ["100.00", "EX"]
    assert "no zero" in next(why for name, why in done.left_out.items() if "Ben" in name)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (",100.00\n", ",10.00\n", "out of 10 points, and we out of 100"),
        (f"{TITLE} (12)", "Final (12)", "No column is called"),
        ("Homework 1 (11)", f"{TITLE} (11)", "More than one column is called"),
        ("Student,ID", "Name,Nr", "no gradebook that Canvas exported"),
    ],
)
def test_what_canvas_would_get_wrong_is_a_sentence(
    old: str, new: str, sentence: str, tmp_path: Path, standings: list[Standing]
):
    """Before anything is uploaded."""
    with pytest.raises(BadTable, match=sentence):
        canvas.fill(standings, sheet(tmp_path, CANVAS.replace(old, new)), WANTED)


def test_moodle_gets_grades_and_our_sentences_as_text(tmp_path: Path):
    """In HTML, since Moodle keeps comments as that; the dates it compares are as they were."""
    content = judgement(first=0.75, message=f"It raised {MARKUP}")
    found = [standing("ada"), standing("ben@example.org", content)]
    ada, ben = rows(moodle.fill(found, sheet(tmp_path, MOODLE), WANTED))
    assert (ada["Grade"], ben["Grade"]) == ("80", "70")
    assert MARKUP not in ben["Feedback comments"]
    assert "It raised &lt;script&gt;" in ben["Feedback comments"]
    assert "plain_returns: 30 of 40." in ben["Feedback comments"]
    assert ben["Last modified (grade)"] == "Friday, 20 November 2026, 1:00 PM"
    assert ada["Last modified (grade)"] == "-"


def test_moodle_in_another_language(tmp_path: Path):
    """Headers that are not known are asked for; a comma stays a comma."""
    german = (
        "ID;Vollständiger Name;Bewertung;Bestwertung;Zuletzt geändert (Bewertung);Rückmeldung\n"
        "Teilnehmer/in 7;Ada Lovelace;;100,00;-;\n"
    )
    found = [standing("7", judgement(first=0.99))]
    done = moodle.fill(found, sheet(tmp_path, german), WANTED)
    assert rows(done)[0]["Bewertung"] == "79,6"
    assert "--comments" in done.remarks[0]
    wanted = Wanted(WANTED.titles, 100.0, comments="Rückmeldung")
    assert (
        "plain_returns"
        in rows(moodle.fill(found, sheet(tmp_path, german), wanted))[0]["Rückmeldung"]
    )
    with pytest.raises(BadTable, match="No column is called 'Grade'"):
        moodle.fill(found, sheet(tmp_path, german.replace("Bewertung;", "Ocena;", 1)), WANTED)


def test_moodle_would_skip_a_grade_out_of_range(tmp_path: Path, standings: list[Standing]):
    """So it is named, and not uploaded."""
    done = moodle.fill(standings, sheet(tmp_path, MOODLE.replace("100.00", "75.00")), WANTED)
    assert [row["Identifier"] for row in rows(done)] == ["Participant 8"]
    assert "80 points are more than Moodle takes, 75" in done.left_out.values()


def test_lines_for_scripts_have_everybody(standings: list[Standing]):
    """One value a line, with what counts beside what was earned."""
    lines = [json.loads(line) for line in jsonl.make(standings).splitlines()]
    by_name = {line["student"]: line for line in lines}
    assert by_name["ada"]["score"] == 80.0
    assert by_name["ada"]["exercises"] == {"plain_returns": 40.0, "returns_minus_baseline": 40.0}
    assert (by_name["max"]["score"], by_name["max"]["outcome"]) == (None, "grader_error")
