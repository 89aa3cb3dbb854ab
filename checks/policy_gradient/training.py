"""What a student's `train` did with each step of an episode, recovered from the weights that it left.

The model is one dense softmax layer, trained by plain gradient descent. One step of batch size T changes
its weights by ``-rate / T * sum_t w_t x_t (p_t - a_t)^T`` with the observation x_t, the prediction p_t,
the one-hot action a_t and the sample weight w_t. The x_t are linearly independent, so the change can be
solved for the vector that each step contributed, and from that for the sample weight w_t itself.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checker import expect
from autograder.checker.hosted import Refusal
from autograder.checker.student import Student
from checks.policy_gradient.environments import NR_ACTIONS
from checks.policy_gradient.notebook import Episode, Floats, Model, linear_model, new_episode

WEIGHTS = [(12800, NR_ACTIONS), (NR_ACTIONS,)]
MOST_REWARDS = 10_000
LARGEST_WEIGHT = 1e6  # lengths and deviations of larger ones could overflow
BROKEN = (
    "After train the weights of the model are not numbers any more, far too large, or not of the shapes "
    "that they had. What happens where the deviation of the returns is 0?"
)


@dataclass(repr=False)
class Lesson:
    """An episode to learn from, and the weights (12800, 6) that a model starts from."""

    observations: Floats
    actions: Floats
    rewards: Floats
    weights: Floats
    rate: float = 1.0

    def start(self, notebook: Student) -> tuple[Model, Episode]:
        """Return a fresh model and the episode in a notebook's process."""
        model = linear_model(notebook, self.weights, np.zeros(NR_ACTIONS, np.float32), self.rate)
        return model, new_episode(notebook, self.observations, self.actions, self.rewards)

    def train(self, notebook: Student, gamma: float) -> "Change":
        """Have a notebook's `train` learn from the episode; return what that changed."""
        model, episode = self.start(notebook)
        notebook.train(model, episode, gamma)
        return self.change(model)

    def change(self, model: Model) -> "Change":
        """Return how the model differs from the one that it was; fail where it is broken."""
        weights = model.weights()
        assert [array.shape for array in weights] == WEIGHTS, BROKEN
        after, bias = (expect.floats(a, s, BROKEN) for a, s in zip(weights, WEIGHTS, strict=True))
        assert all((np.abs(array) < LARGEST_WEIGHT).all() for array in (after, bias)), BROKEN
        return Change(self, after - self.weights, bias)


@dataclass(repr=False)
class Change:
    """What training changed: weights (12800, 6) and bias (6,)."""

    lesson: Lesson
    weights: Floats
    bias: Floats

    @property
    def size(self) -> float:
        """The length of the change."""
        return float(np.linalg.norm(self.weights))

    def contributions(self) -> Floats:
        """Return the vector (T, 6) that each step added to the gradient's sum, times -1 / rate."""
        flat = self.lesson.observations.reshape(len(self.lesson.rewards), -1).astype(float)
        solved = np.linalg.solve(flat @ flat.T, flat @ self.weights)
        return np.asarray(-len(flat) / self.lesson.rate * solved)

    def sample_weights(self) -> Floats:
        """Return the weight (T,) with which each step entered the loss, if one gradient step was taken."""
        towards = self._towards()
        return np.asarray((self.contributions() * towards).sum(1) / (towards**2).sum(1))

    @property
    def learned(self) -> bool:
        """Whether the weights moved, and not in directions that have nothing to do with the episode."""
        return self.size > 0 and self.strays() < 0.9

    def strays(self) -> float:
        """Return which part of the change no choice of sample weights explains, from 0 to 1."""
        flat = self.lesson.observations.reshape(len(self.lesson.rewards), -1).astype(float)
        explained = self.sample_weights()[:, np.newaxis] * self._towards()
        explained = -self.lesson.rate / len(flat) * (flat.T @ explained)
        return float(np.linalg.norm(self.weights - explained) / (self.size or 1.0))

    def _towards(self) -> Floats:
        """Return p_t - a_t (T, 6): the direction in which the loss of each step pushes the logits."""
        flat = self.lesson.observations.reshape(len(self.lesson.rewards), -1).astype(float)
        exponentials = np.exp(flat @ self.lesson.weights)
        predictions = exponentials / exponentials.sum(axis=1, keepdims=True)
        return np.asarray(predictions - self.lesson.actions)


def lesson(rng: np.random.Generator, length: int, rate: float = 1.0) -> Lesson:
    """Return a random episode of so many steps, with a reward at every step."""
    observations = (rng.random((length, 80, 80, 2)) < 0.05).astype(np.float32)
    actions = np.eye(NR_ACTIONS, dtype=np.float32)[rng.integers(NR_ACTIONS, size=length)]
    rewards = rng.uniform(-1, 2, length).astype(np.float32)
    weights = rng.normal(0, 0.02, WEIGHTS[0]).astype(np.float32)
    return Lesson(observations, actions, rewards, weights, rate)


class Returns:
    """Stands in for discount_rewards: finds the rewards and gamma among its arguments, and is right."""

    def __init__(self, reference: Student) -> None:
        self._reference = reference

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return the reference's returns; raise Refusal where rewards or gamma is missing."""
        arrays = [expect.numbers(value) for value in (*args, *kwargs.values())]
        rewards = [array for array in arrays if array is not None and array.ndim == 1]
        gammas = [array for array in arrays if array is not None and array.ndim == 0]
        if len(rewards) != 1 or len(gammas) != 1 or len(rewards[0]) > MOST_REWARDS:
            raise Refusal("discount_rewards wants the rewards and gamma")
        return self._reference.discount_rewards(rewards[0], float(gammas[0]))


def affine(weights: Floats, returns: Floats) -> bool:
    """Tell whether the weights are the returns but for their mean and a positive factor."""
    if np.ptp(weights) < 1e-6:
        return False
    return float(np.corrcoef(weights, returns)[0, 1]) > 0.9999
