"""Claims about `autograder grade` as a person meets it: who is in the table, which seed, which engine."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from autograder import report
from autograder.batch.store import Store
from autograder.course.folder import Course
from autograder.course.seeds import Seeds
from autograder.errors import EngineError
from autograder.outputs.registry import FILLED, OUTPUTS, STANDINGS
from autograder.report import Judgement
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.fake_engine import FakeEngine, passing, whole
from tests.helpers.small_class import SMALL, hand_in, lay_out

FOLDER = Path("graded") / SMALL


def table() -> dict[str, dict[str, str]]:
    """The rows of scores.csv by student."""
    with (FOLDER / "scores.csv").open(newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def seeds() -> dict[str, int]:
    """The seed in each student's report."""
    return {known.student: known.seed for known in Store(FOLDER).all().reports}


@pytest.fixture(autouse=True)
def _class(small: Course) -> None:
    hand_in(small.root / "submitted", "ada", "bob")


def test_the_table_has_this_runs_students_and_the_terminal_names_the_others(
    fake: FakeEngine, run: Run
):
    """Who withdrew keeps the report and leaves scores.csv; kept reports of this run stay in it."""
    hand_in(Path("submitted"), "withdrawn")
    run("grade", "submitted")
    assert set(table()) == {"ada", "bob", "withdrawn"}
    status, output, _ = run("grade", "submitted/ada", "submitted/bob")
    assert status == 0
    assert len(fake.graded) == 3
    assert set(table()) == {"ada", "bob"}
    assert "Not in scores.csv, for they are not in this run: withdrawn.\n" in output
    assert (FOLDER / "withdrawn.json").exists()


def test_a_report_that_cannot_be_read_is_named(fake: FakeEngine, run: Run):
    """One of an older version, say; that of a student in this run is simply made anew."""
    FOLDER.mkdir(parents=True)
    for student in ("ada", "carol"):
        text = report.write(whole(passing(), student)).replace('"schema": 2', '"schema": 1')
        (FOLDER / f"{student}.json").write_text(text)
    status, output, _ = run("grade", "submitted")
    assert status == 0
    assert "No reports of this version, and left as they are: carol.json.\n" in output
    assert json.loads((FOLDER / "ada.json").read_text())["schema"] == 2
    status, output, errors = run("export", "csv")
    assert [line.split(",")[0] for line in output.splitlines()] == ["student", "ada", "bob"]
    assert "carol.json" in errors


def test_a_submissions_seed_follows_from_the_key_and_its_bytes(
    small: Course, fake: FakeEngine, run: Run
):
    """The same notebook has the same one in every run, a changed one another; nobody is regraded."""
    run("grade", "submitted")
    first = seeds()
    run("grade", "submitted", "--force")
    assert seeds() == first
    assert len(set(first.values())) == 2
    digest = Store(FOLDER).read("ada")
    assert digest is not None
    assert first["ada"] == Seeds(small.checks).for_submission(str(digest.submission_sha256))
    Path(f"submitted/ada/{SMALL}/{SMALL}.ipynb").write_text("ada, once more")
    run("grade", "submitted")
    assert seeds()["ada"] != first["ada"]
    assert len(fake.graded) == 5


def test_a_seed_that_is_asked_for_is_everybodys(fake: FakeEngine, run: Run):
    """And makes reports with other seeds anew; so does leaving it out again."""
    run("grade", "submitted")
    own = seeds()
    run("grade", "submitted", "--seed", "7")
    assert seeds() == {"ada": 7, "bob": 7}
    run("grade", "submitted")
    assert seeds() == own
    assert len(fake.graded) == 6


@pytest.mark.parametrize("key", [None, "", "17", "no digits"])
def test_a_key_that_cannot_be_used_is_one_sentence_before_anything_is_graded(
    key: str | None, small: Course, fake: FakeEngine, run: Run
):
    """With the command that makes one; which then makes one."""
    (small.checks / "seed.key").unlink()
    if key is not None:
        (small.checks / "seed.key").write_text(key)
    status, output, errors = run("grade", "submitted")
    assert (status, output) == (1, "")
    assert is_one_sentence(errors)
    assert f"autograder new-key --assignment {SMALL}" in errors
    assert fake.sessions == []
    assert run("new-key", "--assignment", SMALL)[0] == 0
    assert run("grade", "submitted")[0] == 0


def test_the_engine_and_why_it_was_taken_are_said_and_kept(fake: FakeEngine, run: Run):
    """On the terminal with the assignment's title, and in every report."""
    _, output, _ = run("grade", "submitted")
    assert output.startswith("Small Returns, graded with fake: nothing else works here.\n")
    for known in Store(FOLDER).all().reports:
        assert (known.engine, known.engine_reason) == ("fake", "fake: nothing else works here.")


def test_the_same_fault_for_a_whole_class_stops_with_a_sentence(fake: FakeEngine, run: Run):
    """Status 1, the cause first; what was graded stays."""

    trace = (
        "Traceback (most recent call last):\n"
        '  File "/x/checks/a.py", line 3, in test_b\n'
        "KeyError: 1\n"
    )

    def behave(notebook: bytes, call: int) -> Judgement:
        return passing() if notebook == b"ada" else report.grader_error(trace, 1.0)

    fake.behave = behave
    hand_in(Path("submitted"), "carol", "dan", "eve")
    status, _, errors = run("grade", "submitted", "--workers", "1")
    assert status == 1
    assert is_one_sentence(errors)
    assert "KeyError: 1 (checks/a.py, line 3, in test_b)" in errors
    assert [known.student for known in Store(FOLDER).all().reports] == [
        "ada",
        "bob",
        "carol",
        "dan",
    ]


def test_a_course_with_several_assignments_wants_one_named(
    small: Course, fake: FakeEngine, run: Run
):
    """Nothing is graded by the checks of another assignment."""
    lay_out(small.root, "other")
    status, output, errors = run("grade", "submitted")
    assert (status, output) == (2, "")
    assert is_one_sentence(errors)
    assert "--assignment, one of other, small" in errors
    assert run("grade", "submitted", "--assignment", SMALL)[0] == 0
    assert run("grade", "submitted", "--assignment", "other")[0] == 2


def test_a_session_that_cannot_be_had_is_one_sentence(
    fake: FakeEngine, run: Run, monkeypatch: pytest.MonkeyPatch
):
    """And nobody has a report for it."""

    def never() -> Any:
        raise EngineError("No room.")

    monkeypatch.setattr(fake, "start", never)
    monkeypatch.setattr(fake, "problem", lambda: None)
    monkeypatch.setattr("autograder.batch.retry._PAUSE", 0.0)
    status, _, errors = run("grade", "submitted")
    assert (status, errors) == (1, "autograder: No room.\n")
    assert list(FOLDER.glob("*.json")) == []


def test_what_can_be_exported_is_listed_with_a_line_each(run: Run):
    """Every output that there is."""
    status, output, errors = run("export")
    assert (status, errors) == (0, "")
    lines = dict(line.split(maxsplit=1) for line in output.splitlines())
    assert set(lines) == {*OUTPUTS, *STANDINGS, *FILLED, "nbgrader"}
    assert all(line.endswith(".") for line in lines.values())


def test_an_export_is_made_of_the_reports_in_the_folder(fake: FakeEngine, run: Run):
    """On standard output or in a file; grading is not needed again."""
    run("grade", "submitted", "--out", "elsewhere")
    _, output, _ = run("export", "csv", "--out", "elsewhere")
    assert output == (Path("elsewhere") / SMALL / "scores.csv").read_bytes().decode()
    status, said, _ = run("export", "json", "--out", "elsewhere", "--to", "all.json")
    assert (status, said) == (0, "all.json: 2 reports\n")
    assert [each["student"] for each in json.loads(Path("all.json").read_text())] == ["ada", "bob"]
    assert len(fake.graded) == 2


def test_a_new_key_makes_reports_anew(small: Course, fake: FakeEngine, run: Run):
    """One that is replaced keeps its permissions; nothing else is left in the folder."""
    key = small.checks / "seed.key"
    run("grade", "submitted")
    before, first = seeds(), key.read_text()
    key.chmod(0o640)
    beside = set(small.checks.iterdir())
    status, output, _ = run("new-key")
    assert status == 0
    assert output.startswith(f"checks/{SMALL}/seed.key is new.")
    assert "old key" in output
    assert key.read_text() != first
    assert set(small.checks.iterdir()) == beside
    assert key.stat().st_mode & 0o777 == 0o640
    key.unlink()
    run("new-key")
    assert key.is_file()
    run("grade", "submitted")
    assert len(fake.graded) == 4
    assert seeds() != before
