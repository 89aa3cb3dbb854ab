"""Claims about what people read: text of a student's stays text, in a spreadsheet and on a terminal."""

import csv
import io
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from autograder import report
from autograder.outputs.csv import write_scores
from autograder.outputs.terminal import remarks, summary
from autograder.plaintext import one_line, told_apart
from autograder.report import CheckResult, ExerciseResult

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u200b=1",
    "\uff1d1",
    "\ufe621",
    "\uff0d1",
]
ESCAPES = [
    "\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\x1b]8;;https://example.org\x1b\\link", "\x00", "\x08",
    "\u202etxt.exe", "\u2066\u2067\u2069", "\u200f", "\ufeff", "\ud800", "\U000e0041", "\ue000",
]  # fmt: skip


def content(student: str, message: str = "", outcome: str = report.GRADED) -> dict[str, Any]:
    """A report with one exercise, as far as outputs look into it."""
    if outcome == report.GRADED:
        checks = [CheckResult("a", report.PASSED, 1), CheckResult("b", report.FAILED, 3)]
        return {"student": student} | report.graded([ExerciseResult("train", 10.0, checks)])
    return {"student": student} | report.without_score(outcome, message, 10.0)


def rows(reports: list[dict[str, Any]], folder: Path, delimiter: str = ",") -> list[list[str]]:
    """The table that a spreadsheet reads."""
    write_scores(reports, folder / "scores.csv")
    text = (folder / "scores.csv").read_bytes().decode("utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def printed(reports: list[dict[str, Any]]) -> str:
    """What the summary and the remarks put on a terminal with colours."""
    console = Console(file=io.StringIO(), force_terminal=True, width=200, color_system="truecolor")
    console.print(summary(reports))
    for remark in remarks(reports):
        console.print(remark)
    return console.file.getvalue()  # type: ignore[attr-defined]


def visible(text: str) -> str:
    """The text without what Rich itself writes: styles, and ends of lines."""
    for style in ("\x1b[1m", "\x1b[1;31m", "\x1b[33m", "\x1b[0m", "\n"):
        text = text.replace(style, "")
    return text


def test_the_table_has_a_row_per_student_and_a_column_per_exercise(tmp_path: Path):
    """With numbers as numbers, and nothing where there is no score."""
    reports = [content("ada"), content("bob", "It broke.", report.GRADER_ERROR)]
    assert rows(reports, tmp_path) == [
        ["student", "outcome", "score", "max_score", "train", "message"],
        ["ada", "graded", "2.5", "10.0", "2.5", ""],
        ["bob", "grader_error", "", "10.0", "", "It broke."],
    ]


def test_the_table_replaces_the_old_one_whole(tmp_path: Path):
    """And leaves no draft behind."""
    rows([content("ada")], tmp_path)
    assert len(rows([content("bob"), content("eve")], tmp_path)) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["scores.csv"]


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_no_cell_is_a_formula(text: str, tmp_path: Path):
    """Neither a name nor a message, also where the sign comes behind what nobody sees."""
    _, row = rows([content(text, text, report.REJECTED)], tmp_path)
    for cell in (row[0], row[-1]):
        seen = unicodedata.normalize("NFKC", cell).strip()
        assert seen[0] in "'<"
        assert cell.strip()[-1] == text[-1]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_no_text_starts_a_cell_of_its_own(delimiter: str, tmp_path: Path):
    """Also where a spreadsheet separates cells by something else than commas."""
    text = f'ada{delimiter}=1+1,=2\n=3"{delimiter}=4'
    reports = [content(text, text, report.REJECTED)]
    for read in (rows(reports, tmp_path), rows(reports, tmp_path, delimiter)):
        assert len(read) == 2
        assert not any(cell.startswith("=") for row in read for cell in row)


def test_other_scripts_and_quotes_survive(tmp_path: Path):
    """Names are names."""
    names = ["陳大文", "O'Brien", 'the "best"', "a, b", "Łukasz; Ñandú"]
    assert [row[0] for row in rows([content(n) for n in names], tmp_path)[1:]] == names


def test_names_that_look_alike_are_told_apart(tmp_path: Path):
    """A name with something in it that nobody sees is not taken for another student's."""
    names = ["ada", "ada\u200b", "ada\n", "\u202eada", "\x9bada", "ada\udcff", "ada\u2028"]
    reports = [content(name) for name in names]
    told = [row[0] for row in rows(reports, tmp_path)[1:]]
    assert told == ["ada", "ada<U+200B>", "ada<U+000A>", "<U+202E>ada", "<U+009B>ada",
                    "ada<U+DCFF>", "ada<U+2028>"]  # fmt: skip
    shown = visible(printed(reports))
    assert all(f"{name} " in shown for name in told)


@pytest.mark.parametrize("text", ESCAPES, ids=ascii)
def test_a_terminal_gets_no_escape_of_a_students(text: str):
    """No colour, no title, no link, no reversed line: in names and in messages."""
    reports = [content(f"a{text}b", f"c{text}d", outcome) for outcome in ("rejected", "graded")]
    shown = visible(printed(reports))
    assert text not in shown
    assert not [c for c in shown if unicodedata.category(c)[0] == "C"]


def test_a_terminal_shows_markup_as_text():
    """What looks like Rich's own markup is what the student is called."""
    shown = visible(printed([content("[red]ada[/red]", "[link=x]", report.REJECTED)]))
    assert "[red]ada[/red]: rejected: [link=x]" in shown


def test_the_summary_says_what_happened_to_each():
    """Points and trouble by exercise; the reason for all that was not graded."""
    shown = visible(
        printed([content("ada"), content("bob", "It is empty.", report.REJECTED)]),
    )
    assert "train" in shown
    assert "2.5" in shown
    assert "bob: rejected: It is empty." in shown


@given(st.text(), st.integers(1, 50))
def test_a_name_hides_nothing(text: str, most: int):
    """Every character of it is seen, and two names are two."""
    name = told_apart(text, most)
    assert len(name) <= most
    assert all(c.isprintable() or c.isspace() for c in name)
    assert name.splitlines() in ([], [name])
    assert told_apart(f"{text}\u200b") != told_apart(text)


@given(st.text(), st.integers(1, 50))
def test_a_line_is_one_line_of_visible_text(text: str, most: int):
    """Whatever it was, it is no longer than asked for, and the same when done twice."""
    line = one_line(text, most)
    assert len(line) <= most
    assert not [c for c in line if unicodedata.category(c)[0] == "C" or c in "\u2028\u2029"]
    assert one_line(line, most) == line
    assert line.splitlines() in ([], [line])
