"""Claims about the tables that an instructor brings: rosters of each kind, and decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grades.decisions import Decisions, read_decisions
from autograder.grades.roster import read_roster
from autograder.grades.standing import Member, Points
from autograder.grades.tables import BadTable

NBGRADER = (
    "id,first_name,last_name,email,lms_user_id\nada,Ada,Lovelace,ada@uni.example,17\nbob,,,,\n"
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (55)\n,,,,,Manual Posting\n"
    "    Points Possible,,,,,100\n"
    '"Lovelace, Ada",17,u17,ada,Tuesday,\n"Student, Test",99,,abc,Tuesday,\n'
)
WORKSHEET = (
    "\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum grade\n"
    "Participant 17,Ada Lovelace,ada@uni.example,Submitted,,100\n"
)
GERMAN = (
    "\ufeffID;Vollständiger Name;E-Mail-Adresse;Status;Bewertung\n"
    "Teilnehmer/in 17;Ada Lovelace;ada@uni.example;Abgegeben;-\n"
)
UNKNOWN_LANGUAGE = (
    "Tunniste\tKoko nimi\tSähköposti\nOsallistuja 17\tAda Lovelace\tada@uni.example\n"
)
PARTICIPANTS = "First name,Last name,ID number,Email address\nAda,Lovelace,4711,ada@uni.example\n"


def roster(folder: Path, text: str, encoding: str = "utf-8") -> tuple[str, list[Member]]:
    """The kind and the members of the roster with this text."""
    (folder / "students.csv").write_text(text, encoding)
    read = read_roster(folder / "students.csv")
    return read.kind, list(read.members)


def test_nbgraders_table_is_taken_as_it_is(tmp_path: Path):
    """All its columns, empty ones too."""
    ada = Member("ada", "Ada", "Lovelace", "ada@uni.example", "17")
    assert roster(tmp_path, NBGRADER) == ("nbgrader", [ada, Member("bob")])


def test_canvas_gradebook_has_no_student_called_points_possible(tmp_path: Path):
    """Nor the test student; the login names a student, the id is Canvas'."""
    assert roster(tmp_path, CANVAS) == (
        "Canvas",
        [Member("ada", "Ada", "Lovelace", "", "17")],
    )


@pytest.mark.parametrize("text", [WORKSHEET, GERMAN, UNKNOWN_LANGUAGE])
def test_moodles_worksheet_is_known_in_every_language(text: str, tmp_path: Path):
    """By what stands in its columns; the participant's number is Moodle's id."""
    kind, (member,) = roster(tmp_path, text)
    assert kind == "Moodle"
    assert (member.lms_user_id, member.email) == ("17", "ada@uni.example")
    assert f"{member.first_name} {member.last_name}".strip() == "Ada Lovelace"


def test_moodles_participants_are_a_roster(tmp_path: Path):
    """Their number of the university names them."""
    assert roster(tmp_path, PARTICIPANTS) == (
        "Moodle",
        [Member("4711", "Ada", "Lovelace", "ada@uni.example", "")],
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_spreadsheets_write_as_they_like(encoding: str, tmp_path: Path):
    """Separators, encodings, marks in front."""
    text = NBGRADER.replace(",", ";").replace("Ada", "Zoé")
    assert roster(tmp_path, text, encoding)[1][0].first_name == "Zoé"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("id,email\n", "has no student"),
        ("colour,shape\nred,round\n", "its columns are colour, shape"),
        ("id,email\nada,\nAda,\n", "line 3: 'Ada' stands in line 2 already"),
        ("id,email\nZo\u00eb,\nZoe\u0308,\n", "stands in line 2 already"),
        ("id,email\n,x@y\n", "line 2: there is no id in it"),
    ],
)
def test_a_table_that_is_no_roster_is_a_sentence(text: str, said: str, tmp_path: Path):
    """With the line, and what to write."""
    with pytest.raises(BadTable) as caught:
        roster(tmp_path, text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def decisions(folder: Path, lines: str, head: str = "") -> Decisions:
    """What was decided in a table with these lines."""
    path = folder / "decisions.csv"
    path.write_text((head or "student,exercise,points,reason,excused,extension,group\n") + lines)
    return read_decisions(path, "small", ["returns", "why"])


def test_decisions_about_a_student_add_up_line_by_line(tmp_path: Path):
    """In any order, with a comma for the point, or another assignment's in between."""
    read = decisions(
        tmp_path,
        'ada,returns,"7,5",on paper,,,,\nada,,,ill,,+2,,\nada,why,3,read,,,pair,small\n'
        "ada,nothing,x,,,,,other\n",
        "student,exercise,points,reason,excused,extension,group,assignment\n",
    )
    about = read.about("ada")
    assert about.points == {"returns": Points(7.5, "on paper"), "why": Points(3, "read")}
    assert about.extension is not None
    assert about.extension.longer is not None
    assert about.extension.longer.days == 2
    assert about.group == "pair"
    assert read.about("bob").points == {}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "ada,retruns,1,why,,,",
            "line 2: 'retruns' is no exercise of small. Write one of returns, why",
        ),
        ("ada,returns,,why,,,", "points are ''"),
        ("ada,returns,-1,why,,,", "points are '-1'"),
        ("ada,returns,nan,why,,,", "points are 'nan'"),
        ("ada,returns,1,,,,", "the reason is missing"),
        ("ada,,1,why,,,", "'' is no exercise"),
        ("ada,,,,yes,,", "the reason is missing"),
        ("ada,,,ill,maybe,,", "excused is 'maybe'"),
        ("ada,,,ill,,soon,", "the extension is 'soon'"),
        ("ada,,,ill,,2026-13-01,", "the extension is '2026-13-01'"),
        ("ada,,,ill,,,", "nothing is decided in it"),
        (",returns,1,why,,,", "there is no student in it"),
        ("bob,,,ill,yes,,\nbob,,,sick,yes,,", "line 3: excused of bob stands in line 2 already"),
        ("b,why,1,a,,,\nb,why,2,b,,,", "points for why of b stands in line 2 already"),
    ],
)
def test_a_line_without_a_meaning_is_a_sentence(line: str, said: str, tmp_path: Path):
    """Which says the line and what to write; good lines beside it do not hide it."""
    with pytest.raises(BadTable) as caught:
        decisions(tmp_path, f"{line}\ncarol,why,1,fine,,,\n")
    assert said in str(caught.value)


def test_every_bad_line_has_its_sentence(tmp_path: Path):
    """So the file is mended in one go."""
    with pytest.raises(BadTable) as caught:
        decisions(tmp_path, "ada,x,1,a,,,\nbob,why,1,a,,,\ncarol,why,z,a,,,\n")
    assert [said.split(":")[0][-6:] for said in str(caught.value).splitlines()] == [
        "line 2",
        "line 4",
    ]


def test_a_column_that_nobody_knows_is_refused(tmp_path: Path):
    """Whoever wrote it would believe in it."""
    with pytest.raises(BadTable, match="'bonus' is no column"):
        decisions(tmp_path, "ada,1\n", "student,bonus\n")
