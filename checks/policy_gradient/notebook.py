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
from checks.policy_gradient.environments import SHORTEST

MOST_HEARD = 2000  # states of a loop's model
# Steps that the optimizer of a model has taken before a check begins: a new model's are tried elsewhere.
TAKEN = 20_000
LOSS, MEAN = "CategoricalCrossentropy", "sum_over_batch_size"
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
        """Return what the model predicts for observations (n, 80, 80, 2)."""
        return self.ask("predict", observations)

    def output(self, observations: Floats) -> Any:
        """Return what the model computes when it is called with observations (n, 80, 80, 2)."""
        return self.ask("do", "__call__", observations)

    def steps_taken(self) -> int | None:
        """Return how many steps the optimizer has taken since the model was compiled; None if it has none."""
        said = self.ask("do", "optimizer.iterations.numpy")
        whole = (
            isinstance(said, np.integer | np.ndarray) and said.ndim == 0 and said.dtype.kind in "iu"
        )
        return int(said) if whole else None

    def samples(self) -> int:
        """Return from how many samples it has learned, as far as its process knows: 0 if not at all."""
        said = self.ask("samples")
        return said if type(said) is int else 0

    def loss_value(self, targets: Floats, predictions: Floats, sample_weight: Floats) -> Any:
        """Return the compiled loss of predictions (n, 6) against targets (n, 6), weighted by (n,)."""
        return self.ask("do", "compute_loss", None, targets, predictions, sample_weight)

    def descend(self, *arrays: Floats, rate: float) -> list[Floats]:
        """Step down the gradient, for observations, targets and sample weights; return the weights then."""
        return _arrays(self.ask("descend", *arrays, rate))

    def fit(self, observations: Floats, targets: Floats, weights: Floats) -> list[Floats]:
        """Train the compiled model on a batch by its own fit; return its weights then."""
        return _arrays(self.ask("fit", observations, targets, weights))

    def learn(
        self, observations: Floats, targets: Floats, weights: Floats, rate: float
    ) -> list[Floats]:
        """Do the same by the model's own compile and fit: it has another optimizer then."""
        return _arrays(self.ask("learn", observations, targets, weights, rate))

    def optimizer_steps(
        self, gradients: list[Floats], taken: Sequence[int] | None = None
    ) -> list[Floats]:
        """Apply gradients of the model's only weights; return these after each, and when training is over.

        Before each the optimizer counts the steps `taken`, where they are given.
        """
        return _arrays(self.ask("optimizer_steps", gradients, list(taken or ())))

    def compile(self, optimizer: str, rate: float, reduction: str = MEAN) -> None:
        """Compile the model with the cross-entropy and the optimizer of this name, of Keras's."""
        self.ask("compile_with", LOSS, reduction, optimizer, rate)

    def state(self) -> State:
        """Return what it is now, as its process says."""
        return State.told(self.ask("state_of"))

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

    def actions_and_rewards(self) -> tuple[Any, Any, Any]:
        """Return what `get` returns but for the observations, which may take a hundred megabytes.

        The last number tells with how many steps another one was seen to be stored.
        """
        content = self.ask("actions_and_rewards")
        if not isinstance(content, tuple | list) or len(content) != 3:
            return None, None, None
        return content[0], content[1], content[2]

    def score(self) -> Any:
        """Return the episode's score as it is."""
        return self.ask("do", "score")


@dataclass(frozen=True, repr=False)
class State:
    """What a model was at some time, as its process says: digests and numbers to compare."""

    weights: Any
    optimizer: Any
    rate: Any
    drawn: Any
    moments: Any

    @classmethod
    def told(cls, said: Any) -> State:
        """Return what was told; what is no number equals nothing, not even itself told again."""
        five = said if isinstance(said, tuple | list) and len(said) == 5 else [None] * 5
        return cls(*(each if type(each) in (int, float) else object() for each in five))


@dataclass(repr=False)
class States:
    """What a model was whenever it played, and before and after it was trained."""

    played: list[State] = field(default_factory=list)
    trained: list[tuple[State, State]] = field(default_factory=list)
    same_episodes: bool = True
    cut_short: bool = False

    def hear(self, untold: Any) -> None:
        """Take in what the worker tells of models: see untold in worker_stand_in.py."""
        left = max(0, MOST_HEARD - len(self.played) - len(self.trained))
        for each in untold[:left] if isinstance(untold, list) else []:
            match each:
                case (limit, *state) if len(state) == 5:  # of the game, had it not ended before
                    self.cut_short |= type(limit) is int and limit < SHORTEST
                    self.played.append(State.told(state))
                case (same_episode, before, after):
                    self.same_episodes &= same_episode is True
                    self.trained.append((State.told(before), State.told(after)))


@dataclass(eq=False, repr=False)
class StandIn(Hosted):
    """Stands in for a function of the notebook, as `StandIn` of worker.py does there.

    `function` answers with three values: "return", a value, and values that the next calls return without
    being heard of; "action" and the same for actions; "play", an episode, None; "build", weights, None;
    "compile", a model, (loss, reduction, optimizer, rate); "train", (model, episode), who trains ("own",
    "ours" or "nobody") and the student's own function; or "stop", None, None: it interrupts. What models were
    when they played or were trained before, `states` hears.
    """

    kind: ClassVar[str] = "stand_in"
    methods: ClassVar[tuple[str, ...]] = ("called",)

    function: Callable[..., tuple[Any, Any, Any]]
    states: States = field(default_factory=States)

    def called(self, untold: Any, /, *args: Any, **kwargs: Any) -> tuple[Any, Any, Any]:
        """Answer a call."""
        self.states.hear(untold)
        return self.function(*args, **kwargs)


def policy(notebook: Student, weights: Floats) -> Model:
    """Return a compiled model that predicts softmax(flatten(observation) @ weights), (12800, 6).

    It is one and the same model each time.
    """
    return made(Model, notebook.ask("small_model", weights, TAKEN))


def learn_actions(notebook: Student) -> None:
    """Have stand-ins of select_action answer with numbers of the type that the notebook's own returns."""
    model = policy(notebook, np.zeros((12800, 6), np.float32))
    notebook.ask("learn_actions", notebook.ask("read", "select_action"), model)


def seeds_anew(
    notebook: Student, rng: np.random.Generator, model: Model, call: Callable[[], object]
) -> bool:
    """Tell whether what is called seeds NumPy's generator, so that it draws the same each time.

    Any model's state tells that of the generator, too.
    """
    notebook.ask("seed", int(rng.integers(2**31)))  # else it could be as a seed of theirs left it
    states = [model.state().drawn]
    for _ in range(2):
        call()
        states.append(model.state().drawn)
    return bool(states[0] != states[1] == states[2])


def learner(notebook: Student, weights: Floats, learning_rate: float) -> Model:
    """Return a model that predicts as `policy`'s does, and learns as training.py says."""
    return made(Model, notebook.ask("small_model", weights, TAKEN, learning_rate))


def new_model(notebook: Student, weights: Floats) -> Model:
    """Return a model that predicts as `policy`'s does, but a new one, and not compiled."""
    return made(Model, notebook.ask("new_model", weights))


def tiny_model(notebook: Student) -> Model:
    """Return a new model, not compiled, whose only weights are (8, 6)."""
    return made(Model, notebook.ask("tiny_model"))


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
