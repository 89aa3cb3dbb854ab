"""The claim of docs/checks-that-hold.md: the first check of each pair is fooled, the second is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.report import Verdict
from tests.helpers import following, tiny_course
from tests.helpers.grading import ROOT, SEED
from tests.helpers.tiny_course import Exercise

PAGE = (ROOT / "docs" / "checks-that-hold.md").read_text(encoding="utf-8")
NAME = "running_mean"
SOLUTION = """\
def running_mean(numbers):
    return np.cumsum(numbers) / np.arange(1, len(numbers) + 1)
"""
IMPORTS = "import numpy as np\n\nfrom autograder.checker import expect\n\n"


def shown(title: str) -> list[str]:
    """The blocks that begin with this comment."""
    blocks = following.blocks("python", PAGE)
    return [text for text in blocks if text.startswith(f"# {title}\n")]


TRIPLES = list(zip(shown("fooled"), shown("fools it"), shown("holds"), strict=True))


def verdicts(check: str, folder: Path, *sources: str) -> list[Verdict]:
    """How the check ends for each of these."""
    name = check.partition("def test_")[2].partition("(")[0]
    exercise = Exercise(NAME, SOLUTION, IMPORTS + check, {name: 1})
    session = tiny_course.start(tiny_course.write(folder, [exercise]))
    try:
        notebooks = [tiny_course.notebook([exercise], running_mean=source) for source in sources]
        judged = [session.grade(notebook, SEED) for notebook in notebooks]
    finally:
        session.close()
    return [each.exercises[0].checks[0].outcome for each in judged]


def test_every_example_is_one_of_three():
    """The page shows no code that is not tried."""
    assert len(following.blocks("python", PAGE)) == 3 * len(TRIPLES) > 0


@pytest.mark.parametrize("number", range(len(TRIPLES)))
def test_the_first_check_is_fooled_and_the_second_is_not(number: int, tmp_path: Path):
    """By the same code; a right solution passes both."""
    fooled, code, holds = TRIPLES[number]
    passed, failed = Verdict.PASSED, Verdict.FAILED
    assert verdicts(fooled, tmp_path / "fooled", code, SOLUTION) == [passed, passed]
    assert verdicts(holds, tmp_path / "holds", code, SOLUTION) == [failed, passed]
