"""The corpus, graded for real: every case through docker, every second one through bubblewrap.

A case is a folder (README.md says how to add one); nothing here needs to know it. Attacks go through both.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from samples import corpus
from samples.corpus import Case
from tests.helpers.grading import Warm
from tests.helpers.sessions import HASTY

CASES = [*corpus.load_cases(), *corpus.broken_notebooks()]


def chosen() -> Iterator[Any]:
    """Every case for docker; every second one in their order, and all attacks, for bubblewrap."""
    ordered = sorted(CASES, key=lambda case: (case.assignment, case.kind, case.name))
    for engine in ("docker", "bubblewrap"):
        for number, case in enumerate(ordered):
            if engine == "docker" or case.kind == "attacks" or number % 2 == 0:
                name = f"{engine}-{case.assignment}-{case.kind}-{case.name}"
                yield pytest.param(engine, case, id=name)


@pytest.mark.parametrize(("name", "case"), list(chosen()))
def test_a_case_scores_as_it_says(name: str, case: Case, warm_on: Callable[..., Warm]):
    """Its points, the exercises that lose, how, and by which checks: exactly as expected.toml has it."""
    warm = warm_on(name, case.assignment, HASTY if case.hangs else None)
    judgement = warm.grade(case.notebook())
    differences = corpus.compare(case, judgement)
    assert not differences, "\n".join([case.why, *differences, judgement.message])
