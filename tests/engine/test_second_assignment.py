"""Claims about an assignment that shares nothing with the first: another course's would do as well.

returns_warmup needs NumPy alone, and has an answer in words that a person grades.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from autograder.report import Judgement, ManualResult, State, Verdict
from tests.helpers.grading import LIGHT, Notebooks, Warm, exercise, lost, messages

BY_HAND = 20.0  # points that no check gives


def manual(judgement: Judgement) -> ManualResult:
    """What is left to a person."""
    (found,) = judgement.manual
    return found


def test_the_master_earns_all_that_checks_give(light: Warm, light_notebooks: Notebooks):
    """Its own checks judge it in every engine (fault 1); the rest of the points waits for a person."""
    judgement = light.grade(light_notebooks.solved())
    assert lost(judgement) == {}
    assert [each.id for each in judgement.exercises] == ["plain_returns", "returns_minus_baseline"]
    assert (judgement.score, judgement.max_score) == (100 - BY_HAND, 100)
    assert (manual(judgement).max_score, manual(judgement).state) == (BY_HAND, State.ATTEMPTED)


def test_an_untouched_release_scores_nothing(light: Warm, light_notebooks: Notebooks):
    """And its answer is known to be untouched."""
    judgement = light.grade(light_notebooks.released())
    assert set(lost(judgement).values()) == {Verdict.NOT_ATTEMPTED}
    assert (judgement.score, manual(judgement).state) == (0, State.UNTOUCHED)


def test_every_engine_gives_the_same_report(
    light: Warm, warm_on: Callable[..., Warm], light_notebooks: Notebooks
):
    """Byte for byte, also where something is wrong."""
    wrong = light_notebooks.solved(
        plain_returns="def plain_returns(rewards, gamma):\n    return rewards"
    )
    expected = warm_on("process", LIGHT).grade(wrong)
    assert "plain_returns" in lost(expected)
    assert light.grade(wrong).model_dump_json() == expected.model_dump_json()


def test_its_session_imports_what_it_names_and_nothing_of_the_first(
    light: Warm, light_notebooks: Notebooks
):
    """No heavy library is loaded that no notebook of it needs."""
    source = (
        "def plain_returns(rewards, gamma):\n    import json, sys\n"
        "    names = {'tensorflow', 'keras', 'gymnasium', 'ale_py', 'matplotlib', 'numpy'}\n"
        "    raise RuntimeError('<' + json.dumps(sorted(names & set(sys.modules))) + '>')"
    )
    judgement = light.grade(light_notebooks.released(plain_returns=source))
    said = next(text for text in messages(judgement, "plain_returns") if "<" in text)
    assert json.loads(said[said.index("<") + 1 : said.rindex(">")]) == ["numpy"]
    assert exercise(judgement, "plain_returns").score == 0
