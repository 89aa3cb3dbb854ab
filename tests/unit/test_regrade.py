"""Claims about `autograder regrade`: nothing is overwritten unasked, old reports stay, and it says why."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from autograder import report
from autograder.batch.store import Store
from autograder.cli import regrade as command
from autograder.course.folder import Course
from autograder.engines.registry import Choice
from autograder.grades.decisions import read_decisions
from autograder.report import Judgement, Verdict
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.paged_class import check
from tests.helpers.small_class import SMALL, hand_in

FOLDER = Path("graded") / SMALL
BEFORE = {"ada": (True, False), "bob": (False, True), "carol": (True, True)}
AFTER = {"ada": (True, True), "bob": (False, False), "carol": (True, True)}


class Judge(FakeEngine):
    """Judges by a student's name, which is in the notebook; another judge has another digest."""

    def __init__(self, verdicts: dict[str, tuple[bool, bool]], digest: str) -> None:
        super().__init__(lambda notebook, call: self._judged(notebook.decode()))
        self._verdicts, self._own_digest = verdicts, digest

    def digest(self) -> str:
        """Its own."""
        return f"sha256:{self._own_digest * 64}"

    def _judged(self, student: str) -> Judgement:
        if student not in self._verdicts:
            return report.grader_error("a check broke", 10.0)
        ended = [Verdict.PASSED if right else Verdict.FAILED for right in self._verdicts[student]]
        checks = [check("values", ended[0]), check("steps", ended[1])]
        return report.graded([report.exercise_result("returns", 10.0, checks)])


@pytest.fixture
def judged_by(small: Course, fake: FakeEngine, run: Run, monkeypatch: pytest.MonkeyPatch):
    """`judged_by(verdicts, digest)` is what judges from then on; the class was graded by the first judge."""

    def use(verdicts: dict[str, tuple[bool, bool]], digest: str) -> Judge:
        judge = Judge(verdicts, digest)
        for module in (command, __import__("autograder.cli.grade", fromlist=["grade"])):
            monkeypatch.setattr(
                module, "choose", lambda course, asked_for="auto": Choice(judge, "")
            )
        return judge

    hand_in(small.root / "submitted", *BEFORE)
    use(BEFORE, "1")
    assert run("grade", "submitted")[0] == 0
    return use


def scores() -> dict[str, float | None]:
    """Every student's score in the reports."""
    return {known.student: known.score for known in Store(FOLDER).all().reports}


def test_nothing_is_overwritten_before_it_is_asked_for(judged_by, run: Run):
    """Who gains, who loses and why is said and lies in a table; the reports are the old ones."""
    judged_by(AFTER, "2")
    before = {path.name: path.read_bytes() for path in FOLDER.glob("*.json")}
    status, output, _ = run("regrade")
    assert status == 0
    assert (
        "bob: 5 -> 0. returns: 5 of 10 before, 0 of 10 now (steps passed before, failed now)"
        in output
    )
    assert "1 lose, 1 gain, 1 keep their score; 0 without running code, 3 graded again." in output
    assert {path.name: path.read_bytes() for path in FOLDER.glob("*.json")} == before
    with (FOLDER / "regrade.csv").open(newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert [rows[name]["difference"] for name in BEFORE] == ["5.0", "-5.0", "0.0"]


def test_new_reports_are_taken_over_and_old_ones_kept(judged_by, run: Run):
    """Without grading a second time what was looked at before; then nothing is left to change."""
    judge = judged_by(AFTER, "2")
    run("regrade")
    assert len(judge.graded) == 3
    status, output, _ = run("regrade", "--apply")
    assert (status, len(judge.graded)) == (0, 3)
    assert "Taken over: 3 reports." in output
    assert scores() == {"ada": 10, "bob": 0, "carol": 10}
    (earlier,) = (FOLDER / "earlier").iterdir()
    assert {r.student: r.score for r in Store(earlier).all().reports} == {
        "ada": 5,
        "bob": 5,
        "carol": 10,
    }
    assert "Nothing has changed" in run("regrade")[1]
    assert "ada,graded,10.0" in (FOLDER / "scores.csv").read_text()


def test_nobody_loses(judged_by, run: Run):
    """Who would, keeps the old report; rows for decisions.csv keep the points whatever grades later."""
    judged_by(AFTER, "2")
    status, output, _ = run("regrade", "--apply", "--nobody-loses")
    assert status == 0
    assert scores() == {"ada": 10, "bob": 5, "carol": 10}
    assert "bob: 5 -> 0 (the old report stays)" in output
    decided = read_decisions(FOLDER / "nobody-loses.csv", SMALL, ["returns"])
    assert decided.about("bob").points["returns"].points == 5
    assert set(decided.by_student) == {"bob"}


def test_a_fault_of_ours_takes_nobodys_score(judged_by, run: Run):
    """The old report stays, the student is named, and the exit status says that something is left."""
    judged_by({name: AFTER[name] for name in ("ada", "carol")}, "2")
    status, _, errors = run("regrade", "--apply")
    assert status == 1
    assert is_one_sentence(errors)
    assert errors.endswith("so their reports stay: bob.\n")
    assert scores() == {"ada": 10, "bob": 5, "carol": 10}


def test_who_handed_in_nothing_that_is_found_is_named_and_kept(judged_by, run: Run):
    """Reports on notebooks that are somewhere else are left as they are."""
    judged_by(AFTER, "2")
    status, output, _ = run("regrade", "--apply", "submitted/ada")
    assert status == 0
    assert "Left as they are, for their notebooks were not found: bob, carol." in output
    assert scores() == {"ada": 10, "bob": 5, "carol": 10}


def test_regrading_what_was_never_graded_is_a_mistake_of_the_call(small: Course, run: Run):
    """It says what to run first."""
    status, _, errors = run("regrade")
    assert status == 2
    assert is_one_sentence(errors)
    assert "run 'autograder grade'" in errors
