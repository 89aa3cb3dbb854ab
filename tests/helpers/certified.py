"""A tiny course with cases, and an engine that grades it without a sandbox: it calls what was handed in."""

from __future__ import annotations

import json
from pathlib import Path

from autograder import report
from autograder.cases.loading import cases_folder
from autograder.course.folder import Course
from autograder.course.markers import END, START
from autograder.report import CheckResult, ExerciseResult, Judgement, Verdict
from tests.helpers import tiny_course
from tests.helpers.tiny_course import Exercise

SQUARE = Exercise(
    "square",
    f"def square(number):\n    {START}\n    result = number * number\n    {END}\n    return result",
    "def test_squares(student):\n    assert student.square(3) == 9\n",
    {"squares": 1},
)
HALF = Exercise(
    "half",
    f"def half(number):\n    {START}\n    result = number / 2\n    {END}\n    return result",
    "def test_halves(student):\n    assert student.half(3) == 1.5\n",
    {"halves": 1},
)
INPUTS = {"square": {3: 9, 0.5: 0.25}, "half": {3: 1.5, 8: 4}}


def write(root: Path) -> Course:
    """Lay out the course: two exercises of 10 points, a case of each kind."""
    course = tiny_course.write(root, [SQUARE, HALF])
    add_case(course, "correct", "by_power", "square", "return number**2", "score = 20.0")
    add_case(course, "mistakes", "doubles", "square", "return number + number", loses("square"))
    gains = f"score = 10.0\n{loses('square')}"
    add_case(course, "attacks", "always_nine", "square", "return 9", gains)
    return course


def loses(*exercises: str) -> str:
    """What expected.toml says of exercises that lose."""
    return "".join(f'\n[loses.{name}]\noutcome = "failed"\n' for name in exercises)


def add_case(course: Course, kind: str, name: str, exercise: str, body: str, expected: str) -> None:
    """Write a case in which the function has another body."""
    folder = cases_folder(course) / kind / name
    folder.mkdir(parents=True)
    cell = f"# %% replace {exercise}_solution\ndef {exercise}(number):\n    {body}\n"
    (folder / "edits.py").write_text(f'"""Why."""\n\n{cell}')
    (folder / "expected.toml").write_text(expected)


def judge(notebook: bytes, call: int) -> Judgement:
    """Call each function of a notebook with some inputs: one check for each exercise."""
    names: dict[str, object] = {}
    for cell in json.loads(notebook)["cells"]:
        exec("".join(cell["source"]), names)
    return report.graded([_result(name, names[name]) for name in INPUTS])


def _result(name: str, function: object) -> ExerciseResult:
    outcome = Verdict.PASSED
    for number, wanted in INPUTS[name].items():
        try:
            right = function(number) == wanted  # type: ignore[operator]
        except Exception:
            right = False
        outcome = outcome if right else Verdict.FAILED
    check = CheckResult(id=f"{name}s".replace("halfs", "halves"), outcome=outcome, weight=1)
    return report.exercise_result(name, 10.0, [check])
