"""Claims about a submission that is explained: what each check did is told, and nothing else changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from autograder.course.settings import Limits
from autograder.engines.base import Session
from autograder.protocol.transcript import Transcript, unpacked
from autograder.report import CheckResult, Judgement, Verdict
from tests.helpers import tiny_course
from tests.helpers.grading import SEED
from tests.helpers.tiny_course import checked

CHECKS = '''\
import numpy as np
from autograder.checker import expect

def test_numbers(student, rng):
    """Twice each of three numbers."""
    numbers = rng.normal(size=3)
    expect.close(student.double(numbers), 2 * numbers, "Not twice the numbers.")

def test_whole(student):
    """Twice an integer is one."""
    expect.integer(student.double(3), "Not an integer.")

def test_many(student):
    """A hundred numbers, one after the other."""
    for number in range(100):
        twice = expect.integer(student.double(number), "Not an integer.")
        assert twice == 2 * number, "Not twice one of many."

def test_helper(student):
    """What it asks a helper for."""
    student.provide(helper=lambda number: number + number)
    expect.close(student.double(2.5), 5, "Not twice the number.")
'''
COURSE = [checked(CHECKS)]
EXTRA = ("transcript", "where", "cells")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One session for all of them."""
    course = tiny_course.write(tmp_path_factory.mktemp("explained") / "course", COURSE)
    session = tiny_course.start(course, Limits(call=2.0))
    yield session
    session.close()


def explained(session: Session, double: str) -> Judgement:
    """The judgement on a notebook with this cell, explained."""
    return session.grade(tiny_course.notebook(COURSE, double=double), SEED, explain=True)


def check(judgement: Judgement, name: str) -> CheckResult:
    """One check's result."""
    (exercise,) = judgement.exercises
    (found,) = [each for each in exercise.checks if each.id == name]
    return found


def transcript(judgement: Judgement, name: str) -> Transcript:
    """What one check did."""
    return unpacked((check(judgement, name).model_extra or {})["transcript"])


def cells(judgement: Judgement) -> Transcript:
    """What the notebook's cells printed and raised."""
    return unpacked((judgement.model_extra or {})["cells"])


def without_extras(judgement: Judgement) -> Any:
    """The judgement as it would be kept, without what explains it."""
    plain = judgement.model_dump(mode="json")
    for record in (plain, *(c for e in plain["exercises"] for c in e["checks"])):
        for key in EXTRA:
            record.pop(key, None)
    return plain


WRONG = "def double(number):\n    return number + 2"


def test_a_comparison_that_failed_is_told(session: Session):
    """What went in, what came, what was wanted, how close, and at which line of the checks it ended."""
    judgement = explained(session, WRONG)
    (call,) = transcript(judgement, "numbers").calls
    assert call.function == "double"
    assert call.outcome == "returned"
    assert [text.split(" [")[0] for text in call.arguments] == ["float64 (3,)"]
    (comparison,) = call.comparisons
    assert comparison.failed
    assert comparison.came == call.result
    assert comparison.wanted.startswith("float64 (3,) [")
    assert comparison.within == "rtol 1e-05, atol 1e-08"
    assert comparison.difference.startswith("3 of 3 numbers differ, most at [")
    assert check(judgement, "numbers").model_extra["where"] == "test_double.py, line 7"  # type: ignore[index]
    assert "numbers" in transcript(judgement, "numbers").values


def test_a_value_of_the_wrong_kind_is_told(session: Session):
    """What was wanted in words, where no number was."""
    judgement = explained(session, "def double(number):\n    return f'{2 * number}'")
    (call,) = transcript(judgement, "whole").calls
    (comparison,) = call.comparisons
    assert (comparison.came, comparison.wanted, comparison.failed) == ("'6'", "an integer", True)


def test_a_check_that_passed_has_its_calls_as_well(session: Session):
    """Whoever appeals may have earned points by chance elsewhere."""
    judgement = explained(session, "def double(number):\n    return 2 * number")
    (call,) = transcript(judgement, "numbers").calls
    assert check(judgement, "numbers").outcome is Verdict.PASSED
    assert not call.comparisons[0].failed
    assert call.comparisons[0].difference == ""


def test_of_many_calls_the_first_and_the_last_are_told(session: Session):
    """The last one failed; how many are missing between them is said."""
    source = "def double(number):\n    return 2 * number if number < 90 else 0"
    made = transcript(explained(session, source), "many")
    assert [call.arguments[0] for call in made.calls][:2] == ["0", "1"]
    assert made.calls[-1].arguments == ["90"]
    assert len(made.calls) + made.left_out == 91
    assert made.statement == "assert twice == 2 * number, 'Not twice one of many.'"
    assert made.values == {"twice": "0", "number": "90"}


def test_what_a_stand_in_was_asked_is_told(session: Session):
    """And that it stood in for the notebook's own function."""
    source = "def helper(number):\n    return 0\n\ndef double(number):\n    return helper(number)"
    made = transcript(explained(session, source), "helper")
    assert made.stand_ins == ["helper"]
    assert made.calls[0].asks == ["helper(2.5) -> 5.0"]


def test_what_is_printed_is_told_with_its_call(session: Session):
    """Its first kilobytes, and how much there was."""
    source = "print('hello')\ndef double(number):\n    print('x' * 10_000)\n    return 2 * number"
    judgement = explained(session, source)
    (call,) = transcript(judgement, "numbers").calls
    assert call.printed_bytes == 10_001
    assert 1000 < len(call.printed) <= 4096
    assert set(call.printed) <= {"x", "…"}
    (cell,) = cells(judgement).calls
    assert (cell.function, cell.printed) == ("double", "hello\n")


@pytest.mark.parametrize(
    ("line", "outcome", "said"),
    [
        ("print('here'); 1 / 0", "raised", "ZeroDivisionError: division by zero (line 3)"),
        ("import os; print('here', flush=True); os._exit(1)", "lost", "the process ended"),
    ],
)
def test_a_cell_that_does_not_run_is_told(session: Session, line: str, outcome: str, said: str):
    """Also one that its process does not survive, and that is left out afterwards."""
    source = f"def double(number):\n    return 2 * number\n{line}"
    (cell,) = cells(explained(session, source)).calls
    assert (cell.function, cell.outcome, cell.result) == ("double", outcome, said)
    assert cell.printed == "here\n"


def test_the_lines_that_an_exception_passed_through_are_told(session: Session):
    """Those of the notebook, innermost last, each with its source."""
    source = (
        "def double(number):\n    return deeper(number)\n\ndef deeper(number):\n    return 1 / 0"
    )
    (call,) = transcript(explained(session, source), "numbers").calls
    assert (call.outcome, call.result) == ("raised", "ZeroDivisionError: division by zero")
    assert [(p.cell, p.line, p.function, p.source) for p in call.traceback] == [
        ("double", 2, "double", "return deeper(number)"),
        ("double", 5, "deeper", "return 1 / 0"),
    ]


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("import os\ndef double(number):\n    print('bye', flush=True)\n    os._exit(3)", "lost"),
        (
            "def double(number):\n    print('bye', flush=True)\n    while True:\n        pass",
            "timeout",
        ),
    ],
)
def test_a_call_that_never_answers_is_told(session: Session, source: str, outcome: str):
    """With what it printed before."""
    (call,) = transcript(explained(session, source), "numbers").calls
    assert (call.outcome, call.printed) == (outcome, "bye\n")


HOSTILE = {
    "prints without end of line": "print('\\x1b[2J\\u202e' * 10**6)\nreturn 0",
    "raises a wall of text": "raise ValueError('\\x1b]0;x\\x07' * 10**6)",
    "returns a wall of lists": "return [[['[' * 1000] * 40] * 40] * 8",
    "returns many dimensions": "import numpy as np\n    return np.zeros((9,) * 7, 'int8')",
    "returns a wall of text": "return '\\u202e' * 10**6",
    "recurses without end": "return double(number)",
    "closes what it prints to": "import sys\n    sys.stdout.close()\n    return 0",
    "asks without end": "\n    while True:\n        helper('\\x9b' * 1000)",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_code_fills_nothing_and_steers_nothing(session: Session, body: str):
    """What is told of it is bounded, every character of it is seen, and the verdict is the usual one."""
    submission = tiny_course.notebook(COURSE, double=f"def double(number):\n    {body}")
    judgement = session.grade(submission, SEED, explain=True)
    assert without_extras(judgement) == session.grade(submission, SEED).model_dump(mode="json")
    every = [transcript(judgement, each.id) for each in judgement.exercises[0].checks]
    for made in (*every, cells(judgement)):
        text = json.dumps(made, default=vars, ensure_ascii=False)
        assert len(text) < 100_000
        assert all(character.isprintable() for character in text)


@pytest.mark.parametrize("source", [WRONG, "def double(number):\n    return 2 * number"])
def test_an_ordinary_judgement_has_no_trace_of_it(session: Session, source: str):
    """Apart from what explains it an explained judgement is the same, and an ordinary one has no such key."""
    submission = tiny_course.notebook(COURSE, double=source)
    ordinary = session.grade(submission, SEED)
    assert not any(f'"{key}"' in ordinary.model_dump_json() for key in EXTRA)
    assert without_extras(session.grade(submission, SEED, explain=True)) == without_extras(ordinary)
