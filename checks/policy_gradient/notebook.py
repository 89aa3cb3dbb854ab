"""The notebook's objects as the checks see them: models and episodes in the student's process, by handle.

What came back may be anything that can cross the boundary, so it is only a claim until a check has looked
at it. worker.py has the operations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from autograder.checker import expect
from autograder.checker.hosted import Hosted
from autograder.checker.student import Remote, Student, made

Floats = npt.NDArray[np.floating[Any]]


class Model(Remote):
    """A model in the student's process. What it says of itself is hearsay; what it computes is evidence."""

    kind = "model"

    def is_it(self, value: Any) -> bool:
        """Tell whether `value` is this very model."""
        return isinstance(value, Model) and value == self

    def weights(self) -> list[Floats]:
        """Return the weights."""
        return _arrays(self.ask("do", "get_weights"))

    def set_weights(self, weights: list[Floats]) -> None:
        """Overwrite the weights."""
        self.ask("do", "set_weights", weights)

    def predict(self, observations: Floats) -> Any:
        """Return the output for observations (n, 80, 80, 2), without what is special in training."""
        return self.ask("do", "__call__", observations)

    def steps_taken(self) -> Any:
        """Return how many steps the optimizer has taken since the model was compiled."""
        return self.ask("do", "optimizer.iterations.numpy")

    def loss_value(self, targets: Floats, predictions: Floats, sample_weight: Floats) -> Any:
        """Return the compiled loss of predictions (n, 6) against targets (n, 6), weighted by (n,)."""
        return self.ask("do", "compute_loss", None, targets, predictions, sample_weight)

    def descend(self, observations: Floats, targets: Floats, rate: float) -> list[Floats]:
        """Take one step down the gradient of the cross-entropy, as in training; return the weights then."""
        return _arrays(self.ask("descend", observations, targets, rate))

    def optimizer_steps(self, gradients: list[Floats]) -> list[Floats]:
        """Apply gradients (n, 6) of the first rows of the model's only weights, and repeated for the others.

        Returns these rows after each step.
        """
        return _arrays(self.ask("optimizer_steps", gradients))

    def penalties(self) -> Any:
        """Return what the model says that it adds to its loss, such as an L2 regulariser."""
        return self.ask("do", "losses")


class Function(Remote):
    """A function in the student's process, or what can be called like one."""

    kind = "function"


class Episode(Remote):
    """An episode in the student's process."""

    kind = "episode"

    def get(self) -> tuple[Any, Any, Any]:
        """Return (observations, actions, rewards) as they are; nothing about them is known yet."""
        content = self.ask("do", "get")
        if not isinstance(content, tuple | list) or len(content) != 3:
            return None, None, None
        observations, actions, rewards = content
        return observations, actions, rewards

    def score(self) -> Any:
        """Return the episode's score as it is."""
        return self.ask("do", "score")


@dataclass(eq=False, repr=False)
class StandIn(Hosted):
    """Stands in for a function of the notebook, as `StandIn` of worker.py does there.

    `function` answers with three values: "return", a value, and values that the next calls return without
    being heard of; "action" and the same for actions; "build", weights, None; "compile", a model, a learning
    rate; "train", (model, episode), the student's own function or None; or "stop", None, None: it interrupts.
    """

    kind: ClassVar[str] = "stand_in"
    methods: ClassVar[tuple[str, ...]] = ("called", "trained")

    function: Callable[..., tuple[Any, Any, Any]]
    optimizers: set[int] = field(default_factory=set)  # that trained, by number

    def called(self, *args: Any, **kwargs: Any) -> tuple[Any, Any, Any]:
        """Answer a call."""
        return self.function(*args, **kwargs)

    def trained(self, optimizer: Any) -> None:
        """Hear which optimizer took the steps of the training that was asked for."""
        if type(optimizer) is int:
            self.optimizers.add(optimizer)


def policy(notebook: Student, weights: Floats) -> Model:
    """Return a compiled model that predicts softmax(flatten(observation) @ weights), (12800, 6).

    It is one and the same model each time.
    """
    return made(Model, notebook.ask("small_model", weights))


def learn_actions(notebook: Student, right: bool) -> None:
    """Have stand-ins of select_action answer with numbers of the type that the notebook's own returns.

    Of one that is not `right`, only a type of NumPy's is taken over.
    """
    model = policy(notebook, np.zeros((12800, 6), np.float32))
    notebook.ask("learn_actions", notebook.ask("read", "select_action"), model, right)


def learner(notebook: Student, weights: Floats, learning_rate: float) -> Model:
    """Return a model that predicts as `policy`'s does, and learns as training.py says."""
    return made(Model, notebook.ask("small_model", weights, learning_rate))


def new_model(notebook: Student, weights: Floats) -> Model:
    """Return a model that predicts as `policy`'s does, but a new one, and not compiled.

    Of fewer rows, all the others are copies.
    """
    return made(Model, notebook.ask("new_model", weights))


def new_episode(
    notebook: Student, pixels: npt.NDArray[np.int64], actions: Floats, rewards: Floats
) -> Episode:
    """Return an Episode with actions (T, 6) and rewards (T,).

    Its observations are 0 but for the pixels (T, k) of each, numbers from 0 to 12799.
    """
    return made(Episode, notebook.ask("episode", pixels, actions, rewards))


def a_model(value: Any, message: str) -> Model:
    """Return `value`, which must be a Keras model; else fail with `message`."""
    assert isinstance(value, Model), message
    return value


def an_episode(value: Any, message: str) -> Episode:
    """Return `value`, which must be an episode; else fail with `message`."""
    assert isinstance(value, Episode), message
    return value


def matched(
    args: Sequence[Any], kwargs: Mapping[str, Any], *wanted: Callable[[Any], bool]
) -> list[Any] | None:
    """Return the arguments that `wanted` describes, in that order; None where one of them is not there.

    Of positional arguments each must stand in its place; students name their parameters as they like.
    """
    found = []
    for place, is_wanted in enumerate(wanted):
        there = [args[place]] if place < len(args) else list(kwargs.values())
        fitting = [value for value in there if is_wanted(value)]
        if not fitting:
            return None
        found.append(fitting[0])
    return found


def is_array(value: Any, ndim: int | None = None, size: int | None = None) -> bool:
    """Tell whether `value` is an array of numbers, of so many dimensions or numbers if given."""
    return (
        isinstance(value, np.ndarray)
        and value.dtype.kind in "iufb"
        and ndim in (None, value.ndim)
        and size in (None, value.size)
    )


def is_number(value: Any) -> bool:
    """Tell whether `value` is one number, in whatever form it crossed."""
    number = expect.numbers(value)
    return number is not None and number.ndim == 0


def _arrays(value: Any) -> list[Floats]:
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, np.ndarray)]
