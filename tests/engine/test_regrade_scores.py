"""Claims about scores made anew from verdicts: they are what grading once more would make."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder import report
from autograder.course.folder import Course
from autograder.engines.process import ProcessEngine
from autograder.regrade import judges
from autograder.regrade.rescore import rescored
from autograder.report import Judgement
from autograder.submission.assignment import load_assignment
from tests.helpers import tiny_course
from tests.helpers.fake_engine import whole
from tests.helpers.tiny_course import Exercise

CHECKS = """\
import pytest

@pytest.mark.parametrize("number", [1, 2, 0])
def test_doubles(student, number):
    assert student.double(number) == 2 * number, "Not twice the number."

def test_sign(student):
    assert student.double(-1) == -2, "Mind the sign."

def test_again(student):
    assert student.double(-2) == -4, "Mind the sign."

def test_shown(student):
    assert student.double(0) == 0, "Nothing twice is nothing."

def test_together(student):
    assert student.double(5) == 10, "Not together."
"""
SETTINGS = """\
title = "Tiny"
given = ["imports"]
[exercises.double]
points = {points}
[exercises.double.checks]
doubles = {doubles}
sign = {{ weight = {sign}, visibility = "{visibility}" }}
again = {{ weight = 2, unless = ["sign"] }}
shown = {shown}
together = {{ weight = 1, last = true }}
"""
USUAL = {"points": 10, "doubles": 3, "sign": 1, "visibility": "visible", "shown": 0}
SOLUTIONS = {
    "right": "2 * number", "wrong": "7", "sign": "2 * abs(number)",
    "some": "number * 2 if number > 1 else 2",
    "breaks": "1 / 0",
}  # fmt: skip


def settings(**changed: object) -> str:
    """The settings of the tiny course with these changes."""
    return SETTINGS.format(**USUAL | changed)


@pytest.fixture
def tiny(tmp_path: Path) -> Course:
    """A course whose checks have parameters, share a cause, count nothing, and come last."""
    exercise = Exercise(
        "double", tiny_course.DOUBLE.solution, CHECKS, dict.fromkeys(["doubles"], 1.0)
    )
    course = tiny_course.write(tmp_path / "tiny", [exercise])
    course.settings.write_text(settings())
    return course


def graded(course: Course) -> dict[str, Judgement]:
    """What a real session makes of every solution."""
    head = "def double(number):\n    return "
    session = tiny_course.start(course)
    try:
        made = {
            name: session.grade(tiny_course.notebook(double=head + solution), 7)
            for name, solution in SOLUTIONS.items()
        }
        return made | {
            "untouched": session.grade(tiny_course.released(), 7),
            "none": session.grade(b"", 7),
        }
    finally:
        session.close()


def digest(course: Course) -> str:
    """Today's judge."""
    return ProcessEngine(course).digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"doubles": 30}, {"sign": 5, "points": 20}, {"visibility": "hidden"},
        {"doubles": 0.5, "sign": 7, "points": 3, "visibility": "after_published"},
    ],
    ids=str,
)  # fmt: skip
def test_scores_made_anew_are_those_of_grading_anew(changed: dict[str, object], tiny: Course):
    """Check for check, whatever failed, was charged elsewhere, was not tried or has several parameters."""
    before, judge = graded(tiny), digest(tiny)
    judges.keep(tiny.root / "graded", tiny, judge)
    tiny.settings.write_text(settings(**changed))
    assert judges.settings_before(tiny.root / "graded", tiny, judge, ProcessEngine) is not None
    after = graded(tiny)
    assert len({judgement.score for judgement in before.values()}) >= 4
    for name, judgement in before.items():
        made = rescored(whole(judgement, judged_by=judge), load_assignment(tiny), digest(tiny))
        assert made == whole(after[name], judged_by=digest(tiny)), name


def test_a_fault_of_ours_has_no_verdicts_to_start_from(tiny: Course):
    """It is graded again."""
    fault = whole(report.grader_error("broken", 10.0))
    assert rescored(fault, load_assignment(tiny), "new") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("doubles = 3", "doubles = 0"), ("shown = 0", "shown = 1"), ('unless = ["sign"]', "unless = []"),
        ("last = true", "last = false"), ("points = 10", "points = 10\nseconds = 5"),
    ],
    ids=str,
)  # fmt: skip
def test_settings_that_decide_how_a_check_ends_ask_for_grading(old: str, new: str, tiny: Course):
    """What is charged to which, what comes last, what has no weight at all, how long anything may take."""
    judge = digest(tiny)
    judges.keep(tiny.root / "graded", tiny, judge)
    assert old in tiny.settings.read_text()
    tiny.settings.write_text(tiny.settings.read_text().replace(old, new))
    assert judges.settings_before(tiny.root / "graded", tiny, judge, ProcessEngine) is None


@pytest.mark.parametrize("part", ["check", "master", "release", "not kept"])
def test_any_other_change_asks_for_grading(part: str, tiny: Course):
    """Beside new weights too, and where the former settings are not known."""
    judge = digest(tiny)
    if part != "not kept":
        judges.keep(tiny.root / "graded", tiny, judge)
    tiny.settings.write_text(settings(doubles=30))
    path = {
        "check": tiny.checks / "test_double.py", "master": tiny.master, "release": tiny.released,
        "not kept": tiny.settings,
    }[part]  # fmt: skip
    if path.suffix == ".ipynb":  # in which prose decides nothing
        notebook = json.loads(path.read_text())
        notebook["cells"][0]["source"] = "# Another cell"
        path.write_text(json.dumps(notebook))
    else:
        path.write_text(f"{path.read_text()}\n")
    assert judges.settings_before(tiny.root / "graded", tiny, judge, ProcessEngine) is None
