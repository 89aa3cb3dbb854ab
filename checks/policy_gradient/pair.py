"""A student's network and ours, side by side: they start with the same weights and learn the same."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.checker import expect
from autograder.checker.student import Student, made
from checks.policy_gradient.environments import NR_ACTIONS, sparse
from checks.policy_gradient.network import LAYERS, NO_MODEL, as_theirs, glorot, in_our_order
from checks.policy_gradient.notebook import Floats, Model, a_model, new_model
from checks.policy_gradient.updates import Apart

LITTLE = 1e-5  # of the weights' length: whichever batch comes first, the second starts from the same then

OTHER_NETWORK = (
    "After the training the model has other weights than before, not just other numbers in them."
)
OTHER_PREDICTION = (
    "When all had been played and learned, your network predicted something else than ours with the same "
    "weights. Does it compute the same at the hundredth call as at the first?"
)


class Pair:
    """Two models and their weights, all in our order.

    `real` tells whether they are the network that build_model is asked for; else they have one layer.
    `weights` are those of the student's model, `mirror` those of ours, when they were last looked at.
    """

    theirs: Model
    ours: Model
    weights: list[Floats]
    mirror: list[Floats]

    def __init__(
        self, student: Student, reference: Student, rng: np.random.Generator, real: bool
    ) -> None:
        self._student, self._reference, self._rng, self.real = student, reference, rng, real
        self._start: tuple[list[Floats], list[Floats]] = [], []
        self._first: list[Floats] = []  # weights that a network starts with
        self._built: list[Floats] = []  # what theirs had at first, in its own order

    def begin(self, built: Any) -> None:
        """Make both, and choose the weights that they start with: `unsure` gives them to both.

        What the student's build_model has `built` is theirs; with None it is built as ours is.
        """
        if self.real:
            self.ours = self._reference.once("build_model")
            if built is None:
                copied = self._student.ask("network", self.ours.ask("do", "to_json"))
                self.theirs = made(Model, copied)
            else:
                self.theirs = a_model(built, NO_MODEL)
            self._built = self.theirs.weights()
            in_our_order(self._built)
            start = [glorot(self._rng, shape) for _, *shapes in LAYERS for shape in shapes]
        else:
            start = [self._rng.normal(0, 0.02, (12800, NR_ACTIONS)).astype(np.float32)]
            self.theirs = new_model(self._student, start[0])
            self.ours = new_model(self._reference, start[0])
        self._first = [np.asarray(each, np.float32) for each in start]
        self.ours.ask("restart")

    def set(self, weights: Sequence[Floats]) -> None:
        """Give both these weights."""
        self.weights = self.mirror = [np.asarray(each, np.float32) for each in weights]
        self._start = self.weights, self.mirror
        theirs = as_theirs(self._built, self.weights) if self.real else self.weights
        self.theirs.set_weights(theirs)
        self.ours.set_weights(self.weights)

    def unsure(self, observations: Floats, spread: float) -> None:
        """Give both the first weights, the last kernel so scaled that logits have this deviation."""
        weights, place = list(self._first), -2 if self.real else 0
        self.ours.set_weights(weights)
        logits = np.log(self.ours.predict(observations))
        weights[place] = weights[place] * (spread / logits.std(axis=1).mean())
        self.set(weights)

    def sharpen(self) -> None:
        """Give both weights with which they are all but sure, of different actions."""
        weights, place = list(self.weights), -2 if self.real else 0
        spread = 30 if self.real else 0.3
        weights[place] = self._rng.normal(0, spread, weights[place].shape)
        self.set(weights)

    def follow(self, *arrays: Any) -> None:
        """Have ours take the next step of Adam: observations, targets, sample weights, and the rate."""
        self._start = self.weights, self.mirror
        self.mirror = self.ours.ask("follow", *arrays)

    def descend(self, *arrays: Any) -> float:
        """Have ours go down the gradient: observations, targets and sample weights; theirs starts alike.

        Return a rate with which theirs moves hardly at all, where its loss is the sum over the episode.
        """
        if self.mirror is not self.weights:
            self.ours.set_weights(self.weights)
            self.mirror = self.weights
        self._start = self.weights, self.weights
        self.mirror = self.ours.descend(*arrays, rate=1.0)
        moved = [after - before for after, before in zip(self.mirror, self.weights, strict=True)]
        return LITTLE * _length(self.weights) / max(_length(moved), 1e-12) / len(arrays[0])

    def look(self) -> None:
        """Look at the student's model after it has learned the same."""
        weights = self.theirs.weights()
        if self.real:
            self.weights = in_our_order(weights)
            return
        assert [each.shape for each in weights] == [(12800, NR_ACTIONS)], OTHER_NETWORK
        self.weights = [expect.floats(weights[0], weights[0].shape, OTHER_NETWORK)]

    def apart(self) -> Apart:
        """Return how far the last updates of the two are from each other."""
        theirs, ours = self._start
        return Apart(self.weights, theirs, self.mirror, ours)

    def assert_same(self) -> None:
        """Check that both predict the same, for a batch."""
        observations = sparse(self._rng, 16)
        wanted = self.ours.predict(observations)
        expect.close(self.theirs.predict(observations), wanted, OTHER_PREDICTION, 1e-2, 1e-3)


def _length(arrays: Sequence[Floats]) -> float:
    return float(np.sqrt(sum(float((array**2).sum()) for array in arrays)))
