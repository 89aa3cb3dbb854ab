"""Two updates of a network, a student's and ours, held against each other."""

import numpy as np

from checks.policy_gradient.notebook import Floats

SAME = 0.1  # of an update's length: how far it may be from ours. Rounding makes some 0.001
# Of an update in several batches, in an order of its own: how long it must be beside ours, and the least
# cosine of the angle between them. Without the episode's returns it would be about 0.
ENOUGH, ALIKE = 0.3, 0.2
# The least cosine where the order of the batches makes no difference. Weights that only have the signs of the
# right ones make 0.7.
PARALLEL = 0.97


class Apart:
    """How far two updates, each from weights of its own, are from being one and the same."""

    def __init__(
        self,
        theirs: list[Floats],
        their_start: list[Floats],
        ours: list[Floats],
        start: list[Floats],
    ) -> None:
        their_length = length = self._product = 0.0
        for there, there_before, here, here_before in zip(
            theirs, their_start, ours, start, strict=True
        ):
            their_update, update = (there - there_before).ravel(), (here - here_before).ravel()
            their_length += float(their_update @ their_update)
            length += float(update @ update)
            self._product += float(their_update @ update)
        self._their_length, self._length = their_length, length

    @property
    def same(self) -> bool:
        """Whether they are the same but for rounding; infinities and NaN are not."""
        apart = self._their_length + self._length - 2 * self._product
        return apart <= SAME**2 * self._length

    @property
    def alike(self) -> bool:
        """Whether they may have come of the same episode in batches of another size or order."""
        enough = self._their_length >= ENOUGH**2 * self._length
        return enough and self._product >= ALIKE * np.sqrt(self._their_length * self._length)

    @property
    def parallel(self) -> bool:
        """Whether they point the same way, however long they are."""
        long_enough = min(self._their_length, self._length) > 0
        return long_enough and self._product >= PARALLEL * np.sqrt(
            self._their_length * self._length
        )
