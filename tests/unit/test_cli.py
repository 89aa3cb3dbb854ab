"""Claims about the command line: one clear sentence, the right exit status, and a real class graded."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from autograder import report
from autograder.cli import grade as grade_command
from autograder.cli import main
from autograder.course.folder import Course
from autograder.course.seeds import Seeds
from autograder.engines.registry import ENGINES
from autograder.errors import EngineError
from autograder.report import Outcome, Verdict
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.grading import ASSIGNMENT, ROOT, Notebooks


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["grade", "--help"], ["doctor", "--help"], ["release", "--help"], ["--version"],
     ["image", "build", "--help"], ["export", "--help"], ["collect", "--help"], ["new-key", "--help"],
     ["rubric", "--help"],
     ["new", "--help"], ["selftest", "--help"]],
    ids=" ".join,
)  # fmt: skip
def test_help_is_given_and_is_no_failure(arguments: list[str], run: Run):
    """On standard output, with status 0."""
    status, output, errors = run(*arguments)
    assert (status, errors) == (0, "")
    assert output


def test_every_file_beside_the_command_line_is_a_command_or_named_here():
    """A command whose file nobody names would be lost."""
    files = {path.stem for path in Path(main.__file__).parent.glob("*.py")}
    commands = {name.replace("-", "_") for name in main.COMMANDS}
    assert files - commands == {
        "__init__", "accounting", "classwide", "found", "gradebook", "main", "options", "output", "progress",
        "standings",
    }  # fmt: skip
    assert commands <= files


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["grade"], "PATHS"),
        (["grad", "x"], "No such command"),
        (["grade", "--engine", "abacus", "x"], "abacus"),
        (["grade", "--workers", "0", "x"], "workers"),
        (["grade", "--seed", "-1", "x"], "seed"),
        (["grade", "--no-such-option", "x"], "no-such-option"),
        (["grade", "nowhere", "--assignment", ASSIGNMENT], "nowhere does not exist"),
        (["grade", ".", "--assignment", ASSIGNMENT], "holds no submission"),
        (["export", "pages"], "no output 'pages': choose one of csv, "),
        (
            ["export", "csv", "--assignment", ASSIGNMENT],
            "is no folder of reports: run 'autograder grade'",
        ),
        (["grade", ".", "--assignment", "tic_tac_toe"], "no assignment 'tic_tac_toe'"),
        (["grade", ".", "--assignment", "../etc"], "no assignment's name"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_status_2_with_a_sentence_about_it(
    arguments: list[str], says: str, run: Run
):
    """Nothing is graded, nothing is written, and no traceback is shown."""
    status, output, errors = run(*arguments)
    assert status == main.USAGE == 2
    assert output == ""
    assert says in errors
    assert "Traceback" not in errors
    assert list(Path.cwd().iterdir()) == []


def test_our_own_failure_is_status_1_with_one_sentence(small: Course, run: Run, monkeypatch: Any):
    """The sentence of the exception, and nothing around it."""

    def fail(*_: Any) -> None:
        raise EngineError("No engine works here: install one.")

    monkeypatch.setattr(grade_command, "choose", fail)
    Path("ada.ipynb").write_text("{}")
    status, output, errors = run("grade", "ada.ipynb")
    assert (status, output) == (1, "")
    assert errors == "autograder: No engine works here: install one.\n"


def test_a_folder_that_cannot_be_written_is_one_sentence(fake: FakeEngine, run: Run):
    """Of the file system's own words, with the folder's name in it."""
    Path("ada.ipynb").write_text("{}")
    Path("file").touch()
    status, _, errors = run("grade", "ada.ipynb", "--out", "file/below")
    assert status == 1
    assert is_one_sentence(errors)
    assert "file" in errors


def test_a_students_file_name_does_not_reach_the_terminal_raw(small: Course, run: Run):
    """Escapes in it would, where a sentence quotes it."""
    for folder in ("a", "b"):
        Path(folder).mkdir()
        Path(folder, "\x1b[2Jada.ipynb").write_text("{}")
    status, _, errors = run("grade", "a", "b")
    assert status == 2
    assert is_one_sentence(errors)
    assert "\x1b" not in errors


def test_an_interrupt_says_how_to_go_on(small: Course, run: Run, monkeypatch: Any):
    """With the status that shells know for it."""

    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(grade_command, "collect", interrupt)
    status, _, errors = run("grade", "x")
    assert status == 130
    assert "Interrupted" in errors
    assert "Traceback" not in errors


def test_grading_without_a_release_says_what_to_run(small: Course, fake: FakeEngine, run: Run):
    """The release is part of what grades."""
    shutil.rmtree(small.release)
    Path("ada.ipynb").write_text("{}")
    status, _, errors = run("grade", "ada.ipynb")
    assert status == 1
    assert is_one_sentence(errors)
    assert "run 'autograder release'" in errors


def test_the_process_engine_refuses_a_bare_machine(small: Course, run: Run, monkeypatch: Any):
    """It has no outer wall of its own; every engine's reason is told."""
    from autograder.engines import process

    monkeypatch.setattr(process, "inside_container", lambda: False)
    monkeypatch.setenv("PATH", "")
    Path("ada.ipynb").write_text("{}")
    status, _, errors = run("grade", "ada.ipynb")
    assert status == 1
    assert is_one_sentence(errors)
    for word in ("docker", "bubblewrap", "--engine process"):
        assert word in errors


@pytest.mark.parametrize(
    "arguments",
    [["grade", "{}.ipynb", "--assignment", ASSIGNMENT],
     ["grade", "{}/x.ipynb", "{}/y.ipynb", "--assignment", ASSIGNMENT],
     ["grade", "x", "--assignment", "{}"], ["grade", "--{}", "x"], ["{}"], ["new", "{}"],
     ["rubric", "--check", "--write", "{}"]],
    ids=" ".join,
)  # fmt: skip
def test_an_error_repeats_names_as_text(arguments: list[str], run: Run):
    """A shell puts the names that students chose among the arguments."""
    status, output, errors = run(*(a.format("\x1b]0;a\x07\u202e\x9bb") for a in arguments))
    assert status
    assert "b" in errors
    assert not [c for c in output + errors if not c.isprintable() and c != "\n"]


@pytest.fixture(scope="module")
def graded(
    tmp_path_factory: pytest.TempPathFactory, notebooks: Notebooks
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A class of three, graded by the real command in a process of its own; the slow one."""
    folder = tmp_path_factory.mktemp("class")
    wrong = notebooks.solved(discount_rewards="def discount_rewards(rewards, gamma):\n    return 0")
    for student, content in (
        ("ada", notebooks.solved()),
        ("=bob", wrong),
        ("eve", b"no notebook"),
    ):
        path = folder / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    return folder, grade_class(folder)


def grade_class(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does."""
    command = [sys.executable, "-m", "autograder", "grade", "submitted", "--assignment", ASSIGNMENT]
    return subprocess.run(
        [*command, "--engine", "process", "--workers", "1"],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


Graded = tuple[Path, subprocess.CompletedProcess[str]]


@pytest.mark.heavy
def test_a_class_is_graded(graded: Graded):
    """Every submission has a report, so the status is 0, also where one is no notebook."""
    folder, finished = graded
    assert finished.returncode == 0, finished.stderr
    assert "Traceback" not in finished.stderr
    found = {path.name for path in (folder / "graded" / ASSIGNMENT).iterdir()}
    assert found == {
        "=bob.json", "ada.json", "eve.json", "collected.csv", "judges", "scores.csv",
    }  # fmt: skip


def reports_of(folder: Path) -> dict[str, dict[str, Any]]:
    """The reports, by student."""
    found = (json.loads(p.read_text()) for p in (folder / "graded" / ASSIGNMENT).glob("*.json"))
    return {content["student"]: content for content in found}


@pytest.mark.heavy
def test_the_reports_follow_the_published_schema(graded: Graded, course: Course):
    """Real ones, with the digest of what graded them and the seed that is each submission's own."""
    validator = Draft202012Validator(report.schema())
    reports = reports_of(graded[0])
    assert len(reports) == 3
    for content in reports.values():
        validator.validate(content)
        assert content["judged_by"] == ENGINES["process"](course).digest()
        assert content["seed"] == Seeds(course.checks).for_submission(content["submission_sha256"])


@pytest.mark.heavy
def test_each_gets_what_was_earned(graded: Graded):
    """Full marks for the master, one exercise less for one mistake, a sentence for no notebook."""
    reports = reports_of(graded[0])
    assert (reports["ada"]["score"], reports["ada"]["outcome"]) == (100, Outcome.GRADED)
    lost = [e["id"] for e in reports["=bob"]["exercises"] if e["outcome"] != Verdict.PASSED]
    assert lost == ["discount_rewards"]
    assert reports["eve"]["outcome"] == Outcome.REJECTED
    assert reports["eve"]["message"]


@pytest.mark.heavy
def test_the_summary_and_the_table_say_the_same(graded: Graded):
    """A line per student on the terminal, a row per student in scores.csv."""
    folder, finished = graded
    with (folder / "graded" / ASSIGNMENT / "scores.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["student"], row["outcome"]) for row in rows] == [
        ("'=bob", "graded"), ("ada", "graded"), ("eve", "rejected"),
    ]  # fmt: skip
    for row in rows:
        assert row["student"].removeprefix("'") in finished.stdout
    assert "3 entries found, 2 graded, 1 rejected, 0 passed over." in finished.stdout
    assert "eve: rejected:" in finished.stdout


@pytest.mark.heavy
def test_the_same_command_again_grades_nothing(graded: Graded):
    """It tells the same; the reports are not even written again."""
    folder, first = graded
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.json")}
    again = grade_class(folder)
    assert again.stdout == first.stdout
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.json")} == before
