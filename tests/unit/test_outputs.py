"""Claims about what people read: text of a student's stays text, in a spreadsheet and on a terminal."""

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from autograder import report
from autograder.outputs.csv import make as make_csv
from autograder.outputs.registry import OUTPUTS
from autograder.outputs.terminal import remarks, summary
from autograder.plaintext import one_line, told_apart
from autograder.report import (
    CheckResult,
    ManualResult,
    Outcome,
    Report,
    State,
    Verdict,
    exercise_result,
)
from tests.helpers.fake_engine import whole

STANDING = ["raw", "penalty", "final", "group", "reason"]
OF_A_CLASS = [name for name, output in OUTPUTS.items() if not output.one_report]
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


def content(student: str, message: str = "", outcome: Outcome = Outcome.GRADED) -> Report:
    """A report with one exercise."""
    if outcome is Outcome.REJECTED:
        return whole(report.rejected(message, 10.0), student)
    if outcome is Outcome.GRADER_ERROR:
        return whole(report.grader_error(message, 10.0), student)
    checks = [
        CheckResult(id="a", outcome=Verdict.PASSED, weight=1),
        CheckResult(id="b", outcome=Verdict.FAILED, weight=3),
    ]
    return whole(report.graded([exercise_result("train", 10.0, checks)]), student)


def with_answer(student: str, state: State) -> Report:
    """A report with an answer that a person grades."""
    answer = ManualResult(id="why_baseline", max_score=5.0, state=state)
    return whole(report.graded([], [answer]), student)


def rows(reports: list[Report], delimiter: str = ",") -> list[list[str]]:
    """The table that a spreadsheet reads."""
    text = make_csv(reports)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def printed(reports: list[Report]) -> str:
    """What the summary and the remarks put on a terminal with colours."""
    console = Console(file=io.StringIO(), force_terminal=True, width=200, color_system="truecolor")
    console.print(summary(reports))
    for remark in remarks(reports):
        console.print(remark)
    return console.file.getvalue()  # type: ignore[attr-defined]


def visible(text: str, keep: str = "") -> str:
    """The text without what Rich itself writes: styles, and ends of lines."""
    for style in ("\x1b[1m", "\x1b[1;31m", "\x1b[33m", "\x1b[0m", "\n"):
        text = text.replace(style, "") if style != keep else text
    return text


def test_the_table_has_a_row_per_student_and_a_column_per_exercise():
    """With numbers as numbers, and nothing where there is no score; a fault of ours is not in it."""
    reports = [content("ada"), content("bob", "secret", Outcome.GRADER_ERROR)]
    assert rows(reports) == [
        [
            "student",
            "outcome",
            "score",
            "max_score",
            "train",
            *STANDING,
            "misconceptions",
            "message",
        ],
        ["ada", "graded", "2.5", "10.0", "2.5", "2.5", "0.0", "2.5", "", "", "", ""],
        ["bob", "grader_error", "", "10.0", "", "", "0.0", "", "", "", "", reports[1].message],
    ]


def test_an_answer_that_a_person_grades_has_a_column_with_its_state():
    """On the terminal in words; the column is there for all, also where a report lacks it."""
    reports = [with_answer(state, state) for state in State] + [content("ada")]
    assert [row[5] for row in rows(reports)] == [
        "why_baseline", "attempted", "untouched", "missing", "",
    ]  # fmt: skip
    lines = visible(printed(reports), keep="\n").splitlines()
    assert [line.split()[2:] for line in lines[1:]] == [["by", "hand"], ["-"], ["missing"], ["2.5"]]
    assert lines[0].endswith("why baseline")


@pytest.mark.parametrize("name", OF_A_CLASS)
def test_a_report_with_keys_that_are_not_known_is_shown_by_every_output(name: str):
    """Nobody is dropped for what another tool has added: at the top, in an exercise or in a check."""
    data = json.loads(report.write(content("ada")))
    for place in (data, data["exercises"][0], data["exercises"][0]["checks"][0]):
        place["added"] = "by others"
    made = OUTPUTS[name].make([report.read(json.dumps(data)), content("bob")])
    assert "ada" in made
    assert "2.5" in made
    assert made.count("by others") == (3 if name == "json" else 0)


@pytest.mark.parametrize("name", OF_A_CLASS)
def test_an_output_says_in_a_line_what_it_is_and_takes_an_empty_class(name: str):
    """`autograder export` lists the lines."""
    assert OUTPUTS[name].line.endswith(".")
    assert OUTPUTS[name].make([])


def test_json_has_every_report_whole():
    """As a list, each as it stands in its file."""
    reports = [content("ada"), content("caf\udce9", "a\x1b[2Jb", Outcome.REJECTED)]
    made = OUTPUTS["json"].make(reports)
    assert [report.read(json.dumps(each)) for each in json.loads(made)] == reports
    assert not [c for c in made if not c.isprintable() and c != "\n"]


def test_a_fault_of_ours_is_told_by_its_last_line_first():
    """Then where; the traceback's first lines tell nothing."""
    trace = (
        'Traceback (most recent call last):\n  File "/opt/course/checks/small/test_train.py", line 12, '
        "in test_gamma\n    use(gama)\nKeyError: 'gama'\n"
    )
    shown = visible(printed([content("ada", trace, Outcome.GRADER_ERROR)]))
    assert (
        "ada: grader_error: KeyError: 'gama' (checks/small/test_train.py, line 12, in test_gamma)"
        in shown
    )
    assert "Traceback" not in shown


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_no_cell_is_a_formula(text: str):
    """Neither a name nor a message, also where the sign comes behind what nobody sees."""
    _, row = rows([content(text, text, Outcome.REJECTED)])
    for cell in (row[0], row[-1]):
        seen = unicodedata.normalize("NFKC", cell).strip()
        assert seen[0] in "'<"
        assert cell.strip()[-1] == text[-1]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_no_text_starts_a_cell_of_its_own(delimiter: str):
    """Also where a spreadsheet separates cells by something else than commas."""
    text = f'ada{delimiter}=1+1,=2\n=3"{delimiter}=4'
    reports = [content(text, text, Outcome.REJECTED)]
    for read in (rows(reports), rows(reports, delimiter)):
        assert len(read) == 2
        assert not any(cell.startswith("=") for row in read for cell in row)


def test_other_scripts_and_quotes_survive():
    """Names are names."""
    names = ["陳大文", "O'Brien", 'the "best"', "a, b", "Łukasz; Ñandú"]
    assert [row[0] for row in rows([content(n) for n in names])[1:]] == names


def test_names_that_look_alike_are_told_apart():
    """A name with something in it that nobody sees is not taken for another student's."""
    names = ["ada", "ada\u200b", "ada\n", "\u202eada", "\x9bada", "ada\udcff", "ada\u2028"]
    reports = [content(name) for name in names]
    told = [row[0] for row in rows(reports)[1:]]
    assert told == ["ada", "ada<U+200B>", "ada<U+000A>", "<U+202E>ada", "<U+009B>ada",
                    "ada<U+DCFF>", "ada<U+2028>"]  # fmt: skip
    shown = visible(printed(reports))
    assert all(f"{name} " in shown for name in told)


@pytest.mark.parametrize("text", ESCAPES, ids=ascii)
def test_a_terminal_gets_no_escape_of_a_students(text: str):
    """No colour, no title, no link, no reversed line: in names and in messages."""
    reports = [content(f"a{text}b", f"c{text}d", outcome) for outcome in Outcome]
    shown = visible(printed(reports))
    assert text not in shown
    assert not [c for c in shown if unicodedata.category(c)[0] == "C"]


def test_a_terminal_shows_markup_as_text():
    """What looks like Rich's own markup is what the student is called."""
    shown = visible(printed([content("[red]ada[/red]", "[link=x]", Outcome.REJECTED)]))
    assert "[red]ada[/red]: rejected: [link=x]" in shown


def test_the_summary_says_what_happened_to_each():
    """Points and trouble by exercise; the reason for all that was not graded."""
    shown = visible(
        printed([content("ada"), content("bob", "It is empty.", Outcome.REJECTED)]),
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
