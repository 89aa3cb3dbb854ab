"""Claims about naming the wrong idea behind an exercise: in real sessions, most of them of a tiny course."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.checker.naming.catalogue import FOLDER
from autograder.report import Judgement, Outcome, Verdict
from samples import corpus
from tests.helpers import tiny_course
from tests.helpers.grading import LIGHT, Warm, exercise
from tests.helpers.tiny_course import Exercise

SOLUTION = "def double(number):\n    return 2 * number"
CHECKS = """
def test_doubles(student):
    assert student.double(3.5) == 7, "That is not twice the number."

def test_zero(student):
    assert student.double(0) == 0, "Twice 0 is 0. Is it not?"
"""
LOOKS = """
from autograder.checker.naming.look import look

@look("For 2", "double returned")
def of_two(asked):
    return asked.student.double(2)

@look("For 5", "double returned")
def of_five(asked):
    return asked.student.double(5)
"""
WRONG = '''
_two = 2

def squares(number):
    """You square the number. To double is to multiply by two.

    Read again: Doubling
    """
    return number**_two

def adds_three(number):
    """You add three to the number. To double is to multiply by two.

    Read again: Doubling
    """
    return number + 3
'''
SIGNS = '''
def gives_words(seen):
    """You give back a word. The result is to be a number.

    Read again: Doubling
    """
    return isinstance(seen["of_two"], str)
'''

Grade = Callable[..., Judgement]


@pytest.fixture
def grade(tmp_path: Path) -> Grade:
    """Grades a cell for the exercise `double`; files of ideas may be replaced."""

    def graded(cell: str, **files: str) -> Judgement:
        exercises = [Exercise("double", SOLUTION, CHECKS, {"doubles": 3, "zero": 1})]
        course = tiny_course.write(tmp_path, exercises)
        (course.checks / FOLDER).mkdir()
        texts = {"double_looks": LOOKS, "double_wrong": WRONG, "double_signs": SIGNS} | files
        for name, text in texts.items():
            (course.checks / FOLDER / f"{name}.py").write_text(text)
        return tiny_course.judge(course, tiny_course.notebook(double=cell))

    return graded


def test_an_idea_is_named_by_what_it_answers(grade: Grade):
    """The sentence is the exercise's: what came, what should, why, where to read."""
    result = exercise(grade("def double(n):\n    return n * n"), "double")
    assert result.misconception == "squares"
    assert result.message == (
        "For 5 double returned 25; it should be 10. You square the number. To double is to multiply by two. "
        "Read again: Doubling."
    )
    named = {check.id: check.misconception for check in result.checks}
    assert named == {"doubles": "squares", "zero": None}


def test_an_idea_is_named_by_its_sign(grade: Grade):
    """A predicate over what was seen does as well."""
    assert (
        exercise(grade("def double(n):\n    return 'two'"), "double").misconception == "gives_words"
    )


def test_no_idea_is_named_that_answers_otherwise(grade: Grade):
    """What is shown then is the smallest input and what came."""
    result = exercise(grade("def double(n):\n    return n + 4.5"), "double")
    assert result.misconception is None
    assert result.message == "For 2 double returned 6.5; it should be 4."


def test_a_right_solution_is_asked_nothing(grade: Grade):
    """Whatever the files of ideas are like."""
    result = exercise(grade("def double(n):\n    return n + n", double_looks="1 / 0"), "double")
    assert (result.score, result.message, result.misconception) == (10.0, "", None)


@pytest.mark.parametrize(
    "files",
    [
        {"double_looks": "1 / 0"},
        {"double_wrong": WRONG + "\n1 / 0\n"},
        {"double_signs": SIGNS.replace("isinstance", "1 / 0 or isinstance")},
    ],
    ids=["a look", "a wrong solution", "a sign"],
)
def test_what_breaks_there_changes_no_score_and_is_told(grade: Grade, files: dict[str, str]):
    """It is ours: the judgement stays as it was, and the instructor reads of it."""
    judgement = grade("def double(n):\n    return n + 4.5", **files)
    assert judgement.outcome is Outcome.GRADED
    assert judgement.fault is None
    assert "ZeroDivisionError" in (judgement.advice_fault or "")
    assert exercise(judgement, "double").message == ""
    assert judgement.score == 0.0


def test_code_that_ends_its_process_costs_what_it_costs_without_ideas(grade: Grade):
    """Nobody loses by being asked once more."""
    cell = "import os\ndef double(n):\n    if n in (2, 5):\n        os._exit(0)\n    return n * n"
    judgement = grade(cell)
    assert exercise(judgement, "double").score == pytest.approx(2.5)
    assert exercise(judgement, "double").misconception is None
    assert judgement.advice_fault is None


def test_an_idea_that_is_one_of_two_is_named(grade: Grade):
    """Up to where they part the answers are the idea's; behind that is something else."""
    cell = "def double(n):\n    return n + 3 if n == 2 else 100"
    assert exercise(grade(cell), "double").misconception == "adds_three"


def test_what_was_left_alone_is_not_asked(grade: Grade):
    """An exercise as released has nothing to explain."""
    result = exercise(grade(tiny_course.DOUBLE.scaffold), "double")
    assert (result.outcome, result.misconception) == (Verdict.NOT_ATTEMPTED, None)


def test_the_same_notebook_gets_the_same_words(warm_on: Callable[..., Warm]):
    """Whatever was graded before in the same session, and whichever ideas were asked."""
    names = ("integer_baseline", "integer_returns", "gamma_ignored")
    cases = {case.name: case for case in corpus.load_cases("mistakes", LIGHT)}
    warm = warm_on("process", LIGHT)
    first = [warm.grade(cases[name].notebook()) for name in names]
    again = [warm.grade(cases[name].notebook()) for name in reversed(names)]
    assert first == again[::-1]
