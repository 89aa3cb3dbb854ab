"""Finds the wrong idea behind an exercise that lost points, from what it answers.

An idea is found in one of these ways, tried in this order:

1. its wrong solution alone answers as the student's function does, and one of these answers is wrong and
   tells enough: nothing more is asked then;
2. its wrong solution answers every look as the student's function does;
3. its sign is in what was seen;
4. its wrong solution answers as the student's function does up to the first telling look that is wrong, no
   other one does so for as long, and then they part: the student's function has more wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from autograder.checker.naming.catalogue import SIGNS, Catalogue, Misconception
from autograder.checker.naming.look import NotSeen, Seen, tells
from autograder.checker.naming.wrong import WrongSolutions

Sign = Callable[[Seen], bool]


class Candidates:
    """The ideas whose wrong solutions answer as a student's function does, look by look."""

    def __init__(self, ideas: Sequence[Misconception], wrong: WrongSolutions) -> None:
        self._left, self._wrong = list(ideas), wrong
        self._told = False  # whether a telling look was wrong, and they answered so, too
        self._parted = not self._left

    def take(self, seen: Seen, name: str) -> None:
        """Ask those that are left for what the student's function has just answered."""
        if self._parted:
            return
        look, came = seen.looks[name], seen.theirs[name]
        still = [
            each for each in self._left if look.same(came, self._wrong.answer(each.name, look))
        ]
        self._parted = not still
        self._left = still or (self._left if self._told else [])
        self._told |= bool(still) and look.telling and tells(came) and not seen.right(name)

    @property
    def sure(self) -> Misconception | None:
        """The only one that is left, where its answers tell enough."""
        return self._left[0] if self._told and not self._parted and len(self._left) == 1 else None

    def whole(self, seen: Seen) -> Misconception | None:
        """Return the first that answered every look so, where any of them was wrong."""
        some = not self._parted and not all(map(seen.right, seen.theirs))
        return self._left[0] if some and self._left else None

    @property
    def parted(self) -> Misconception | None:
        """The only one that answered so for longest."""
        return self._left[0] if self._parted and len(self._left) == 1 else None


def named(
    exercise: str,
    seen: Seen,
    catalogue: Catalogue,
    signs: Mapping[str, Sign],
    candidates: Candidates,
) -> Misconception | None:
    """Return the idea, None where it is none that is known."""
    if idea := candidates.sure or candidates.whole(seen):
        return idea
    for idea in catalogue.of(exercise, SIGNS):
        if _has_sign(signs[idea.name], seen):
            return idea
    return candidates.parted


def _has_sign(sign: Sign, seen: Seen) -> bool:
    try:
        return bool(sign(seen))
    except NotSeen:
        return False
