"""Claims about an assignment that shares nothing with the first: another course's would do as well.

returns_warmup needs NumPy alone, and has an answer in words that a person grades.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from autograder.course.folder import Course
from autograder.report import Judgement, ManualResult, State, Verdict
from tests.helpers.grading import ROOT, Notebooks, Warm, exercise, lost, messages

NAME = "returns_warmup"
BY_HAND = 20.0  # points that no check gives


@pytest.fixture(scope="module")
def submissions() -> Notebooks:
    """Notebooks of this assignment."""
    return Notebooks(Course(ROOT, NAME))


@pytest.fixture
def warmed(engine: str, warm_on: Callable[..., Warm]) -> Warm:
    """The warm session of the engine in turn."""
    return warm_on(engine, NAME)


def manual(judgement: Judgement) -> ManualResult:
    """What is left to a person."""
    (found,) = judgement.manual
    return found


def test_the_master_earns_all_that_checks_give(warmed: Warm, submissions: Notebooks):
    """Its own checks judge it in every engine (fault 1); the rest of the points waits for a person."""
    judgement = warmed.grade(submissions.solved())
    assert lost(judgement) == {}
    assert [each.id for each in judgement.exercises] == ["plain_returns", "returns_minus_baseline"]
    assert (judgement.score, judgement.max_score) == (100 - BY_HAND, 100)
    assert (manual(judgement).max_score, manual(judgement).state) == (BY_HAND, State.ATTEMPTED)


def test_an_untouched_release_scores_nothing(warmed: Warm, submissions: Notebooks):
    """And its answer is known to be untouched."""
    judgement = warmed.grade(submissions.released())
    assert set(lost(judgement).values()) == {Verdict.NOT_ATTEMPTED}
    assert (judgement.score, manual(judgement).state) == (0, State.UNTOUCHED)


def test_every_engine_gives_the_same_report(
    warmed: Warm, warm_on: Callable[..., Warm], submissions: Notebooks
):
    """Byte for byte, also where something is wrong."""
    wrong = submissions.solved(
        plain_returns="def plain_returns(rewards, gamma):\n    return rewards"
    )
    expected = warm_on("process", NAME).grade(wrong)
    assert "plain_returns" in lost(expected)
    assert warmed.grade(wrong).model_dump_json() == expected.model_dump_json()


def test_its_session_imports_what_it_names_and_nothing_of_the_first(
    warmed: Warm, submissions: Notebooks
):
    """No heavy library is loaded that no notebook of it needs."""
    source = (
        "def plain_returns(rewards, gamma):\n    import json, sys\n"
        "    names = {'tensorflow', 'keras', 'gymnasium', 'ale_py', 'matplotlib', 'numpy'}\n"
        "    raise RuntimeError('<' + json.dumps(sorted(names & set(sys.modules))) + '>')"
    )
    judgement = warmed.grade(submissions.released(plain_returns=source))
    said = messages(judgement, "plain_returns")[0]
    assert json.loads(said[said.index("<") + 1 : said.rindex(">")]) == ["numpy"]
    assert exercise(judgement, "plain_returns").score == 0
