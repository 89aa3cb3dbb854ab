"""Claims about what a failed check costs, about checks that come last, and about time and words that run out.

Each is tried in a real session of a tiny course, whose checks are as a test wants them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course.settings import Limits
from autograder.engines.base import Postponed
from autograder.report import Judgement, Verdict
from tests.helpers import tiny_course
from tests.helpers.grading import SEED, exercise
from tests.helpers.tiny_course import Exercise

SOLUTION = "def double(number):\n    return 2 * number"
CHECKS = """
def test_even(student):
    assert student.double(3) % 2 == 0, "double(3) is even."

def test_doubles(student):
    assert student.double(3) == 6, "double(3) is 6."

def test_zero(student):
    assert student.double(0) == 0, "double(0) is 0."

def test_together(student, verdicts):
    assert verdicts == {"double": "passed"}, "Not all has been judged."
    assert student.double(100) == 200, "double(100) is 200."
"""
WEIGHTS: dict[str, float | str] = {
    "even": 4,
    "doubles": '{ weight = 4, unless = ["even"] }',
    "zero": 2,
    "together": "{ weight = 10, last = true }",
}
HURRY = Limits(cell=2, call=1, exercise=20, submission=60)

Grade = Callable[[str], Judgement]


@pytest.fixture
def grade(tmp_path: Path) -> Grade:
    """Grades a cell for the exercise `double`, which has the checks above."""
    course = tiny_course.write(tmp_path, [Exercise("double", SOLUTION, CHECKS, WEIGHTS)])
    return lambda cell: tiny_course.judge(course, tiny_course.notebook(double=cell))


def _weights(judgement: Judgement) -> dict[str, tuple[Verdict, float, str | None]]:
    checks = exercise(judgement, "double").checks
    return {check.id: (check.outcome, check.weight, check.charged_to) for check in checks}


def test_one_cause_costs_once(grade: Grade):
    """What fails together with the check that is charged costs nothing, and says so."""
    judgement = grade("def double(number):\n    return 2 * number + (number > 0)")
    assert judgement.score == 3.33  # of zero and even, the one
    assert _weights(judgement)["doubles"] == (Verdict.FAILED, 4, "even")
    said = next(c.message for c in exercise(judgement, "double").checks if c.id == "doubles")
    assert said.startswith("This costs nothing, since even ")


def test_what_passes_without_its_premise_counts_nothing(grade: Grade):
    """It may have been chance: a score must not depend on that."""
    first = "calls = []\ndef double(number):\n    calls.append(number)\n"
    judgement = grade(f"{first}    return 7 if len(calls) == 1 else 2 * number")
    assert judgement.score == 3.33
    assert _weights(judgement)["doubles"] == (Verdict.PASSED, 0, None)


def test_another_cause_costs_what_it_is_worth(grade: Grade):
    """Where the check that would be charged has passed, the other one is."""
    judgement = grade("def double(number):\n    return 4 * number")
    assert judgement.score == 6.0
    assert _weights(judgement)["doubles"] == (Verdict.FAILED, 4, None)


def test_where_nothing_is_right_nothing_is_kept(grade: Grade):
    """A cause that is charged elsewhere leaves no points to whoever has none."""
    assert grade("def double(number):\n    return 7").score == 0.0


def test_the_last_check_counts_only_where_all_else_is_right(grade: Grade):
    """It is not tried for an exercise that is not right by itself, and not counted either."""
    judgement = grade("def double(number):\n    return 2 * number or 5")
    assert judgement.score == 8.0
    assert _weights(judgement)["together"] == (Verdict.NOT_ATTEMPTED, 0, None)


def test_the_last_check_sees_what_became_of_all_exercises(grade: Grade):
    """It comes after all others, and costs what it is worth."""
    judgement = grade("def double(number):\n    return 2 * number if number < 50 else 0")
    assert judgement.score == 5.0
    assert _weights(judgement)["together"] == (Verdict.FAILED, 10, None)
    assert grade(SOLUTION).score == 10.0


def test_exceptions_tell_few_words(tmp_path: Path):
    """Code that raises what it was given tells 200 characters of it in an exercise, not in each check."""
    checks = "".join(f"def test_{n}(student):\n    student.double({n})\n" for n in "123456789")
    weights: dict[str, float | str] = dict.fromkeys("123456789", 1)
    course = tiny_course.write(tmp_path, [Exercise("double", SOLUTION, checks, weights)])
    cell = "def double(number):\n    raise ValueError(str(number) * 150)"
    judgement = tiny_course.judge(course, tiny_course.notebook(double=cell))
    told = "".join(check.message for check in exercise(judgement, "double").checks)
    assert 150 <= sum(told.count(digit * 10) * 10 for digit in "123456789") <= 200


def test_an_exception_that_comes_again_may_say_the_same_again(tmp_path: Path):
    """The same mistake in each check has its whole sentence in each."""
    checks = (
        "def test_a(student):\n    student.double(1)\ndef test_b(student):\n    student.double(2)\n"
    )
    course = tiny_course.write(
        tmp_path, [Exercise("double", SOLUTION, checks, {"a": 1.0, "b": 1.0})]
    )
    cell = f"def double(number):\n    raise ValueError({'the same ' * 20!r})"
    judgement = tiny_course.judge(course, tiny_course.notebook(double=cell))
    first, second = (check.message for check in exercise(judgement, "double").checks)
    assert first == second


def test_a_function_that_ends_its_process_costs_its_own_points_alone(tmp_path: Path):
    """Another exercise that calls it hears that it failed, and is judged by what it makes of that."""
    text = "def test_a(student):\n    assert student.{0}(1) == 2, 'It is 2.'\n"
    exercises = [
        Exercise(name, SOLUTION.replace("double", name), text.format(name), {"a": 1.0})
        for name in ("ends", "goes_on")
    ]
    course = tiny_course.write(tmp_path, exercises)
    cells = {
        "ends": "import os\ndef ends(number):\n    os._exit(3)",
        "goes_on": "def goes_on(number):\n    try:\n        ends(number)\n    except RuntimeError:\n"
        "        return 2 * number",
    }
    judgement = tiny_course.judge(course, tiny_course.notebook(exercises, **cells))
    verdicts = {each.id: each.outcome for each in judgement.exercises}
    assert verdicts == {"ends": Verdict.ERROR, "goes_on": Verdict.PASSED}


@pytest.fixture
def sleepy(tmp_path: Path) -> tuple[Callable[..., Judgement], list[Exercise]]:
    """Grades notebooks of six exercises, with little patience."""
    text = "def test_a(student):\n    assert student.{0}(1) == 2, 'It is 2.'\n"
    exercises = [
        Exercise(name, SOLUTION.replace("double", name), text.format(name), {"a": 1.0})
        for name in "abcdef"
    ]
    course = tiny_course.write(tmp_path, exercises)

    def grade(can_wait: bool, **cells: str) -> Judgement:
        session = tiny_course.start(course, HURRY.model_copy(update={"call": 6.0}))
        try:
            submission = tiny_course.notebook(exercises, **cells)
            return session.grade(submission, SEED, can_wait=can_wait)
        finally:
            session.close()

    return grade, exercises


SLEEPS = "import time\ndef {0}(number):\n    time.sleep({1})\n    return 2 * number"


def test_after_two_timeouts_a_call_gets_seconds(sleepy: tuple[Callable[..., Judgement], object]):
    """A call that takes four of six seconds passes, unless time has run out twice before it."""
    grade, _ = sleepy
    slow = SLEEPS.format("c", 4)
    assert exercise(grade(False, c=slow), "c").outcome is Verdict.PASSED
    asleep = {name: SLEEPS.format(name, 100) for name in "ab"}
    judgement = grade(False, c=slow, **asleep)
    assert exercise(judgement, "c").outcome is Verdict.TIMEOUT
    assert exercise(judgement, "d").outcome is Verdict.PASSED


def test_who_sleeps_again_and_again_is_graded_behind_the_others(
    sleepy: tuple[Callable[..., Judgement], object],
):
    """A session that may put a submission off does so after the second time-out, and goes on."""
    grade, _ = sleepy
    with pytest.raises(Postponed):
        grade(True, **{name: SLEEPS.format(name, 100) for name in "abc"})
