"""Finds the wrong idea behind an exercise that lost points, from what it answers.

An idea is found in one of three ways, tried in this order:

1. its wrong solution answers every look as the student's function does;
2. its sign is in what was seen;
3. its wrong solution answers as the student's does up to the first telling look that is wrong, no other one
   does so for as long, and then they part: the student's function has more wrong with it than that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from autograder.checker.naming.catalogue import SIGNS, WRONG, Catalogue, Misconception
from autograder.checker.naming.look import NotSeen, Seen
from autograder.checker.naming.wrong import WrongSolutions

Sign = Callable[[Seen], bool]


@dataclass(frozen=True)
class Agreement:
    """The wrong solutions that answer as the student's function does: to all looks, or to so many."""

    ideas: tuple[Misconception, ...]
    whole: bool


def named(
    exercise: str,
    seen: Seen,
    catalogue: Catalogue,
    signs: Mapping[str, Sign],
    wrong: WrongSolutions | None,
) -> Misconception | None:
    """Return the idea, None where it is none that is known."""
    agreeing = Agreement((), False)
    if wrong is not None and seen.theirs:
        agreeing = _agreeing(seen, catalogue.of(exercise, WRONG), wrong)
    if agreeing.whole:
        return agreeing.ideas[0]
    for idea in catalogue.of(exercise, SIGNS):
        if _has_sign(signs[idea.name], seen):
            return idea
    return agreeing.ideas[0] if len(agreeing.ideas) == 1 else None


def _has_sign(sign: Sign, seen: Seen) -> bool:
    try:
        return bool(sign(seen))
    except NotSeen:
        return False


def _agreeing(seen: Seen, ideas: Sequence[Misconception], wrong: WrongSolutions) -> Agreement:
    """Ask all ideas look by look, each for as long as it answers as the student's function did."""
    left, told = list(ideas), False
    for name, came in seen.theirs.items():
        look = seen.looks[name]
        still = [each for each in left if look.same(came, wrong.answer(each.name, look))]
        if not still:
            return Agreement(tuple(left) if told else (), False)
        left = still
        told |= look.telling and not look.same(came, seen.ours[name])
    any_wrong = not all(map(seen.right, seen.theirs))  # else whoever agrees has nothing to explain
    return Agreement(tuple(left) if any_wrong else (), any_wrong)
