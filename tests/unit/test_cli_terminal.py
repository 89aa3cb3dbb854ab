"""Claims about terminals that lack letters, or are gone: the class is graded all the same."""

import json
from pathlib import Path

import pytest

from autograder.course.folder import Course
from tests.helpers.small_class import SMALL, hand_in, in_shell, lay_out

STUDENTS = ["ada", "陳大文", "Łukasz"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course with three submissions."""
    course: Course = lay_out(tmp_path)
    hand_in(course.root / "submitted", *STUDENTS)
    return course.root


def graded(root: Path) -> list[str]:
    """Who has a report."""
    reports = (root / "graded" / SMALL).glob("*.json")
    return sorted(json.loads(path.read_text("utf-8"))["student"] for path in reports)


@pytest.mark.parametrize(
    "variables",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=", ".join,
)
def test_a_terminal_that_cannot_show_a_name_gets_it_spelled(variables: dict[str, str], root: Path):
    """Whatever its encoding is called; status, reports and scores.csv are as ever."""
    ended = in_shell("$GRADE", root, **variables)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"3 entries found, 3 graded, 0 rejected, 0 passed over." in ended.stdout
    assert b"ada" in ended.stdout
    assert "陳大文".encode() not in ended.stdout
    assert len(graded(root)) == 3
    assert (root / "graded" / SMALL / "scores.csv").exists()


GONE = {
    "a reader of one line": "set -o pipefail; $GRADE | head -1",
    "closed output": "$GRADE >&-",
    "all closed": "$GRADE <&- >&- 2>&-",
    "errors that nobody reads": "set -o pipefail; $GRADE 2>&1 >/dev/null | true",
}


@pytest.mark.parametrize("script", GONE.values(), ids=GONE)
def test_a_terminal_that_is_gone_costs_no_report(script: str, root: Path):
    """The exit status says what became of the grading, not of the terminal."""
    ended = in_shell(script, root)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert graded(root) == sorted(STUDENTS)
    assert (root / "graded" / SMALL / "scores.csv").exists()


def test_help_for_a_reader_who_has_seen_enough_is_no_failure(root: Path):
    """Nor is anything else that is only said."""
    ended = in_shell('set -o pipefail; "$PYTHON" -m autograder --help | true', root)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_wrong_usage_keeps_its_status_where_nobody_reads_errors(root: Path):
    """A script looks at nothing else."""
    assert in_shell('"$PYTHON" -m autograder grade 2>&-', root).returncode == 2


def test_output_to_a_full_disk_is_one_sentence(root: Path):
    """And status 1, for what was asked for is not there."""
    ended = in_shell('"$PYTHON" -m autograder export > /dev/full', root)
    assert ended.returncode == 1
    assert ended.stderr.count(b"\n") == 1
    assert b"No space left on device" in ended.stderr
