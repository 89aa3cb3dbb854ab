"""The notebook's objects as the checks see them: models and episodes in the student's process, by handle.

Each function and method is one operation of worker.py. What came back may be anything that can cross the
boundary, so it is only a claim until a check has looked at it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.checker.student import Remote, Student, made

Floats = npt.NDArray[np.floating[Any]]


class Model(Remote):
    """A model in the student's process. What it says of itself is hearsay; what it computes is evidence."""

    kind = "model"

    def weights(self) -> list[Floats]:
        """Return the weights."""
        return _arrays(self.ask("weights"))

    def set_weights(self, weights: list[Floats]) -> None:
        """Overwrite the weights."""
        self.ask("set_weights", weights)

    def predict(self, observations: Floats) -> Any:
        """Return the output for observations (n, 80, 80, 2)."""
        return self.ask("predict", observations)

    def describe(self) -> dict[str, Any]:
        """Return shapes, loss, optimizer and learning rate as the model names them: for messages only."""
        described = self.ask("describe")
        return described if isinstance(described, dict) else {}

    def loss_value(self, targets: Floats, predictions: Floats, sample_weight: Floats) -> Any:
        """Return the compiled loss of predictions (n, 6) against targets (n, 6), weighted by (n,)."""
        return self.ask("loss_value", targets, predictions, sample_weight)

    def descend(self, observations: Floats, targets: Floats, rate: float) -> list[Floats]:
        """Take one step down the gradient of the cross-entropy, as in training; return the weights then."""
        return _arrays(self.ask("descend", observations, targets, rate))

    def optimizer_steps(self, gradients: list[list[Floats]]) -> list[list[Floats]]:
        """Apply one list of gradients after the other; return the weights after each."""
        steps = self.ask("optimizer_steps", gradients)
        return [_arrays(step) for step in steps] if isinstance(steps, list) else []


class Episode(Remote):
    """An episode in the student's process."""

    kind = "episode"

    def get(self) -> tuple[Any, Any, Any]:
        """Return (observations, actions, rewards) as they are; nothing about them is known yet."""
        content = self.ask("episode_content")
        if not isinstance(content, tuple | list) or len(content) != 3:
            return None, None, None
        observations, actions, rewards = content
        return observations, actions, rewards

    def score(self) -> Any:
        """Return the episode's score as it is."""
        return self.ask("episode_score")


def policy(notebook: Student, weights: Floats, bias: Floats) -> Model:
    """Return a model that predicts softmax(flatten(observation) @ weights + bias): (12800, 6), (6,)."""
    return made(Model, notebook.ask("policy", weights, bias))


def linear_model(
    notebook: Student, weights: Floats, bias: Floats, learning_rate: float | None = None
) -> Model:
    """Return a Keras model of one dense softmax layer; compiled if a rate is given."""
    return made(Model, notebook.ask("linear_model", weights, bias, learning_rate))


def new_episode(
    notebook: Student, observations: Floats, actions: Floats, rewards: Floats
) -> Episode:
    """Return an Episode with these steps: (T, 80, 80, 2), (T, 6), (T,)."""
    return made(Episode, notebook.ask("episode", observations, actions, rewards))


def a_model(value: Any, message: str) -> Model:
    """Return `value`, which must be a Keras model; else fail with `message`."""
    assert isinstance(value, Model), message
    return value


def an_episode(value: Any, message: str) -> Episode:
    """Return `value`, which must be an episode; else fail with `message`."""
    assert isinstance(value, Episode), message
    return value


def _arrays(value: Any) -> list[Floats]:
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, np.ndarray)]
