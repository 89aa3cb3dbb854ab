"""What a student's `train` did with each step of an episode, recovered from the weights that it left.

The model is one dense softmax layer without a bias, trained by plain gradient descent with a loss that is
summed up over a batch. The observations of a lesson are disjoint: no pixel is 1 in two of them, so that a
step changes the rows of its own k pixels and no other, each by ``-rate * w_t (p_t - a_t)`` with the
prediction p_t, the one-hot action a_t and the sample weight w_t. So w_t is read from the rows of the step,
whatever the sizes of the batches, their order, and the rate.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.checker import expect
from autograder.checker.hosted import Refusal
from autograder.checker.student import Student
from checks.policy_gradient.environments import NR_ACTIONS
from checks.policy_gradient.notebook import (
    TAKEN,
    Episode,
    Floats,
    Model,
    is_number,
    learner,
    matched,
    new_episode,
)

WEIGHTS = (12800, NR_ACTIONS)
MOST_REWARDS = 10_000
LARGEST_WEIGHT = 1e6  # lengths and deviations of larger ones could overflow
BROKEN = (
    "After train the weights of the model are not numbers any more, far too large, or not of the shapes "
    "that they had. What happens where the deviation of the returns is 0?"
)


@dataclass(repr=False)
class Lesson:
    """An episode to learn from, whose step t has the pixels pixels[t], and the weights to start from."""

    pixels: npt.NDArray[np.int64]
    actions: Floats
    rewards: Floats
    weights: Floats
    rate: float

    @property
    def length(self) -> int:
        """The number of steps."""
        return len(self.rewards)

    def start(self, notebook: Student) -> tuple[Model, Episode]:
        """Return a fresh model and the episode in a notebook's process."""
        model = learner(notebook, self.weights, self.rate / self.pixels.shape[1])
        return model, new_episode(notebook, self.pixels, self.actions, self.rewards)

    def train(self, notebook: Student, gamma: float) -> "Change":
        """Have a notebook's `train` learn from the episode; return what that changed."""
        model, episode = self.start(notebook)
        notebook.train(model, episode, gamma)
        return self.change(model)

    def change(self, model: Model, taken: int = TAKEN) -> "Change":
        """Return how the model differs from the one that it was; fail where it is broken.

        Before it learned, its optimizer had `taken` so many steps.
        """
        weights = model.weights()
        assert [array.shape for array in weights] == [WEIGHTS], BROKEN
        after = expect.floats(weights[0], WEIGHTS, BROKEN)
        assert (np.abs(after) < LARGEST_WEIGHT).all(), BROKEN
        return Change(self, after - self.weights, model, taken)


@dataclass(repr=False)
class Change:
    """What training changed: weights (12800, 6). The optimizer had `taken` so many steps before."""

    lesson: Lesson
    weights: Floats
    model: Model
    taken: int

    @property
    def size(self) -> float:
        """The length of the change."""
        return float(np.linalg.norm(self.weights))

    def sample_weights(self) -> Floats:
        """Return the weight (T,) with which each step entered the sum of the loss, if it did so once."""
        rows = self.weights[self.lesson.pixels].sum(axis=1) / -self.lesson.rate
        towards = self._towards()
        return np.asarray((rows * towards).sum(1) / (towards**2).sum(1))

    def even_weights(self, returns: Floats) -> Floats:
        """Return the sample weights as they would be in a sum, where the loss was a mean.

        A student who computes the loss may take its mean: that divides the weights by the length of the
        episode, or by the sizes of mini-batches, of which one may be smaller. From `returns` follows
        which step was in which, if their normalised values were the weights.
        """
        weights, length = self.sample_weights(), self.lesson.length
        wanted = (returns - returns.mean()) / (returns.std() or 1.0)
        clear = np.abs(wanted) > 0.05
        if np.allclose(weights, wanted, rtol=1e-2, atol=1e-2):
            return weights
        steps = expect.integer(self.model.steps_taken(), BROKEN) - self.taken
        for size in (size for size in range(2, length + 1) if -(-length // size) == steps):
            rest = length % size or size
            for factor in (1.0, np.sqrt(1 - 1 / length)):  # T - 1 in the deviation's denominator
                share = np.divide(
                    factor * wanted, weights, out=np.zeros(length), where=weights != 0
                )
                last = np.isclose(share, rest, rtol=1e-2)
                if (last | np.isclose(share, size, rtol=1e-2))[clear].all():
                    return weights * np.where(last, rest, size)
        return weights

    @property
    def learned(self) -> bool:
        """Whether the weights moved, and not in directions that have nothing to do with the episode."""
        return self.size > 0 and self.strays() < 0.9

    def strays(self) -> float:
        """Return which part of the change no choice of sample weights explains, from 0 to 1."""
        explained = np.zeros(WEIGHTS)
        moved = self.sample_weights()[:, np.newaxis] * self._towards()
        share = -self.lesson.rate / self.lesson.pixels.shape[1]
        explained[self.lesson.pixels] = share * moved[:, np.newaxis]
        return float(np.linalg.norm(self.weights - explained) / (self.size or 1.0))

    def _towards(self) -> Floats:
        """Return p_t - a_t (T, 6): the direction in which the loss of each step pushes the logits."""
        exponentials = np.exp(self.lesson.weights[self.lesson.pixels].sum(axis=1).astype(float))
        predictions = exponentials / exponentials.sum(axis=1, keepdims=True)
        return np.asarray(predictions - self.lesson.actions)


def lesson(
    rng: np.random.Generator, length: int, rate: float = 1e-2, scarce: bool = False
) -> Lesson:
    """Return a random episode of so many steps that is lost on the whole; if `scarce`, by 21 to nil.

    A step with the weight 1 moves the logits of its own observation by about `rate`.
    """
    pixels = rng.permutation(12800)[: min(400, 12800 // length) * length].reshape(length, -1)
    actions = np.eye(NR_ACTIONS, dtype=np.float32)[rng.integers(NR_ACTIONS, size=length)]
    rewards = rng.uniform(-2, 1, length).astype(np.float32)
    rewards -= max(0.0, rewards.sum() + 1) / length  # never won
    if scarce:
        rewards[:] = 0
        rewards[rng.choice(length - 1, 20, replace=False)] = -1
        rewards[-1] = -1  # a game ends with a point
    weights = rng.normal(0, 0.4 / np.sqrt(pixels.shape[1]), WEIGHTS).astype(np.float32)
    return Lesson(pixels, actions, rewards, weights, rate)


class Returns:
    """Stands in for discount_rewards, and is right."""

    def __init__(self, reference: Student) -> None:
        self._reference = reference

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return the reference's returns; raise Refusal where rewards or gamma is missing."""
        found = matched(args, kwargs, _is_rewards, is_number)
        if found is None:
            raise Refusal("discount_rewards wants the rewards, and then gamma")
        return self._reference.discount_rewards(np.asarray(found[0]), float(found[1]))


def _is_rewards(value: Any) -> bool:
    rewards = expect.numbers(value)
    return rewards is not None and rewards.ndim == 1 and len(rewards) <= MOST_REWARDS


def affine(weights: Floats, returns: Floats) -> bool:
    """Tell whether the weights are the returns but for their mean and a positive factor."""
    if np.ptp(weights) < 1e-6:
        return False
    return float(np.corrcoef(weights, returns)[0, 1]) > 0.9999
