"""Claims about reports of schema 1, which commit 6c842b5^ wrote: they are read, and nobody loses a point.

`schema_1/` holds three of them as that commit wrote them, of its own sample class, graded in bubblewrap.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from autograder import report
from autograder.batch import earlier
from autograder.batch.store import Store
from autograder.cli import regrade as command
from autograder.course.folder import Course
from autograder.engines.registry import Choice
from autograder.report import NotAReport, Outcome, Verdict, Visibility
from tests.helpers.command import Run
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.small_class import SMALL, hand_in

OLD = Path(__file__).with_name("schema_1")
STUDENTS = ("elif", "farid", "lena")
SENTENCE = "Read from reports of schema 1: "


def written(student: str) -> dict[str, Any]:
    """What stands in an old report."""
    content: dict[str, Any] = json.loads((OLD / f"{student}.json").read_text())
    return content


@pytest.fixture
def graded(small: Course) -> Path:
    """The folder of reports of a course that was upgraded: those of its class are old ones."""
    folder = small.root / "graded" / SMALL
    folder.mkdir(parents=True)
    for student in STUDENTS:
        shutil.copy(OLD / f"{student}.json", folder)
    return folder


@pytest.mark.parametrize("student", STUDENTS)
def test_what_was_earned_is_what_was_written(student: str):
    """Outcome, points, sentences and verdicts of every exercise and check, to the last digit."""
    old = written(student)
    read = report.write(earlier.read((OLD / f"{student}.json").read_bytes()))
    new = json.loads(read)
    for key in old.keys() - {"schema", "image", "exercises"}:
        assert new[key] == old[key], key
    for before, after in zip(old["exercises"], new["exercises"], strict=True):
        for check in before["checks"]:
            check["visibility"] = "hidden" if check.pop("visible") is False else "visible"
            check["charged_to"] = None
        assert after == before | {"misconception": None}
    assert (new["judged_by"], new["upgraded_from"]) == (old["image"], 1)


def test_the_verdicts_are_those_of_today():
    """One whose code raised has that verdict; nothing is shown to a student that nobody decided to show."""
    content = earlier.read((OLD / "farid.json").read_bytes())
    outcomes = {each.id: each.outcome for each in content.exercises}
    assert outcomes["run_episode"] is Verdict.ERROR
    shown = {check.visibility for each in content.exercises for check in each.checks}
    assert shown == {Visibility.HIDDEN}
    assert earlier.read((OLD / "lena.json").read_bytes()).outcome is Outcome.REJECTED


def test_the_first_reports_of_all_are_read_too():
    """Before commit c47864c there was no `breach`, before 1620a97 no `fault`."""
    old = {key: value for key, value in written("elif").items() if key not in ("breach", "fault")}
    content = earlier.read(json.dumps(old).encode())
    assert (content.score, content.breach, content.fault) == (89.0, None, None)


def test_a_report_that_was_read_once_is_written_as_todays(tmp_path: Path):
    """And still says where it comes from."""
    content = earlier.read((OLD / "elif.json").read_bytes())
    store = Store(tmp_path)
    store.write(content)
    assert json.loads(store.path("elif").read_text())["schema"] == report.SCHEMA_VERSION
    assert store.all().reports == [content]
    assert store.all().earlier == ["elif"]


@pytest.mark.parametrize("key", ["image", "exercises", "score", "student"])
def test_half_of_an_old_report_is_none(key: str):
    """What is missing is not made up."""
    old = {name: value for name, value in written("elif").items() if name != key}
    with pytest.raises(NotAReport):
        earlier.read(json.dumps(old).encode())


def test_tables_are_made_of_old_reports_with_a_sentence(graded: Path, run: Run):
    """`export` gives everybody the points that they had."""
    status, output, errors = run("export", "csv")
    assert status == 0
    assert errors.startswith(f"{SENTENCE}elif, farid, lena.")
    assert [line.split(",")[:2] for line in output.splitlines()[1:]] == [
        ["elif", "graded"], ["farid", "graded"], ["lena", "rejected"],
    ]  # fmt: skip
    assert ",89.0," in output


def test_pages_are_made_of_old_reports_with_a_sentence(graded: Path, run: Run):
    """`report` shows them beside those of today."""
    status, _, errors = run("report")
    assert status == 0
    assert SENTENCE in errors
    assert "elif" in (graded / "pages" / "index.html").read_text()


def test_grading_again_takes_the_place_of_an_old_report(
    graded: Path, small: Course, fake: FakeEngine, run: Run
):
    """The judge is another one, so nothing old is taken for a report on the same submission."""
    hand_in(small.root / "submitted", "elif")
    assert run("grade", "submitted")[0] == 0
    found = Store(graded).all()
    assert found.earlier == ["farid", "lena"]
    assert len(found.reports) == len(STUDENTS)


def test_a_regrade_says_what_changes_and_keeps_the_old_ones(
    graded: Path, small: Course, fake: FakeEngine, run: Run, monkeypatch: pytest.MonkeyPatch
):
    """Old score and new one side by side; `--apply` puts the old report aside, byte for byte."""
    monkeypatch.setattr(command, "choose", lambda course: Choice(fake, ""))
    hand_in(small.root / "submitted", "elif")
    status, output, _ = run("regrade", "--apply")
    assert status == 0, output
    assert "elif" in output
    (kept,) = (graded / "earlier").rglob("elif.json")
    assert kept.read_bytes() == (OLD / "elif.json").read_bytes()
    assert Store(graded).all().earlier == ["farid", "lena"]
