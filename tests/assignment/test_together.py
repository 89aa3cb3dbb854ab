"""Claims about who is to blame where each part is right by itself and the whole is not."""

from collections.abc import Callable

import pytest

from checks.policy_gradient.together import _to_blame
from checks.policy_gradient.whole import PARTS, Fault

ALL = frozenset(PARTS)
SEEN = Fault("It does not learn.")


def _runs(*wrong: frozenset[str]) -> Callable[[frozenset[str]], Fault | None]:
    """A whole that fails where it holds all parts of one of these."""

    def run(own: frozenset[str]) -> Fault | None:
        return Fault(f"{sorted(own)}") if any(each <= own for each in wrong) else None

    return run


@pytest.mark.parametrize("part", PARTS)
def test_a_single_culprit_is_found(part: str):
    """Whichever of the six it is."""
    assert set(_to_blame(_runs(frozenset({part})), ALL, SEEN)) == {part}


def test_several_culprits_are_found():
    """Each that is wrong with only right ones around it, and no other."""
    wrong = frozenset({"select_action"}), frozenset({"compile_model"})
    found = _to_blame(_runs(*wrong), ALL, SEEN)
    assert set(found) == {"select_action", "compile_model"}


def test_all_may_be_wrong():
    """Nobody hides behind the others."""
    assert set(_to_blame(_runs(*(frozenset({part}) for part in PARTS)), ALL, SEEN)) == ALL


def test_what_only_goes_wrong_between_two_is_charged_to_one():
    """To one of the two, with what was seen of it."""
    run = _runs(frozenset({"select_action", "run_episode"}))
    (culprit, raised), *others = _to_blame(run, ALL, SEEN).items()
    assert culprit in {"select_action", "run_episode"}
    assert isinstance(raised, AssertionError)
    assert others == []


def test_what_exchanging_does_not_explain_is_charged_with_what_was_seen_at_first():
    """A whole that fails now and then: where all goes well a second time, somebody was seen all the same."""
    (raised,) = _to_blame(lambda own: None, ALL, SEEN).values()
    assert str(raised) == "It does not learn."
