"""`student`: the notebook's functions, called from the checks as if they were ordinary ones.

``student.discount_rewards(rewards, gamma)`` runs in the student's process. Numbers, arrays, lists and
the like come back by value; a model or an episode comes back as a `Model` or `Episode` that still lives
over there. The reference answers through the same class.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from autograder.checker.channel import Channel, StudentError, StudentFault, WorkerLost
from autograder.checker.environments import RecordedEnv, Refusal
from autograder.protocol.codec import CodecError, Handle
from autograder.protocol.messages import MAX_TEXT, Answer, Ask, Raised, Request

Floats = npt.NDArray[np.floating[Any]]
Patience = Callable[[], float]
_Kind = TypeVar("_Kind")


class BrokenReference(Exception):
    """The reference is gone or hangs: ours to mend."""


class Student:
    """One notebook's functions by name, and what checks need beside them."""

    def __init__(self, channel: Channel, patience: Patience) -> None:
        self._channel = channel
        self._patience = patience
        self._environments: list[RecordedEnv] = []
        self._functions: dict[str, Callable[..., Any]] = {}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return the student's function `name`."""
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self.ask("call", name, list(args), kwargs)

    def ask(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """Have the student's process do one of its operations (worker/main.py lists them)."""
        request = Request(operation, self._plain(list(args)), self._plain(kwargs))
        return self._rich(self._channel.request(request, self._patience(), self._play))

    @property
    def idle(self) -> bool:
        """Whether the student's process waits for the next request."""
        return self._channel.idle

    def set_patience(self, patience: Patience) -> None:
        """Set how many seconds each later call may take."""
        self._patience = patience

    def provide(self, **functions: Callable[..., Any]) -> None:
        """Let these functions of the checker's stand in for the notebook's functions of those names."""
        for name, function in functions.items():
            self._functions[name] = function
            self.ask("provide", name)

    def tidy_up(self) -> None:
        """Undo what checks did to the notebook: stand-ins, variables, objects."""
        self.ask("tidy_up")
        self._environments.clear()
        self._functions.clear()

    def policy(self, weights: Floats, bias: Floats) -> Model:
        """Return a model that predicts softmax(flatten(observation) @ weights + bias): (12800, 6), (6,)."""
        return _of(Model, self.ask("policy", weights, bias))

    def linear_model(
        self, weights: Floats, bias: Floats, learning_rate: float | None = None
    ) -> Model:
        """Return a Keras model of one dense softmax layer; compiled if a rate is given."""
        return _of(Model, self.ask("linear_model", weights, bias, learning_rate))

    def episode(self, observations: Floats, actions: Floats, rewards: Floats) -> Episode:
        """Return an Episode with these steps: (T, 80, 80, 2), (T, 6), (T,)."""
        return _of(Episode, self.ask("episode", observations, actions, rewards))

    def once(self, name: str) -> Any:
        """Return what the function `name` returned when it was first called in this process."""
        return self.ask("call_once", name)

    def repeated(self, name: str, count: int, *args: Any) -> Any:
        """Return what the function `name` returned in `count` calls, each with fresh copies of the arrays."""
        return self.ask("call_repeatedly", name, count, list(args))

    def with_arguments(self, name: str, *args: Any) -> tuple[Any, list[Any]]:
        """Return the result of the function `name`, and its arguments as they are after the call."""
        answer = self.ask("call_with_arguments", name, list(args))
        if not isinstance(answer, tuple) or len(answer) != 2 or not isinstance(answer[1], list):
            raise WorkerLost("it answered with something else than it was asked for")
        return answer[0], answer[1]

    def run_cell(self, name: str, source: str) -> None:
        """Run a cell; raise StudentError with the first thing that went wrong in it."""
        for trouble in self.cell_troubles(name, source):
            raise StudentError(trouble)

    def cell_troubles(self, name: str, source: str) -> list[Raised]:
        """Run a cell; return what its statements raised."""
        troubles = self.ask("run_cell", name, source)
        if not isinstance(troubles, list):
            return []
        return [_raised(trouble) for trouble in troubles[:50]]

    def _plain(self, value: Any) -> Any:
        if isinstance(value, RecordedEnv):
            if value not in self._environments:
                self._environments.append(value)
            return Handle("env", self._environments.index(value))
        if isinstance(value, _Remote):
            return value.handle
        if isinstance(value, list | tuple):
            return type(value)(self._plain(item) for item in value)
        if isinstance(value, dict):
            return {key: self._plain(item) for key, item in value.items()}
        return value

    def _rich(self, value: Any) -> Any:
        if isinstance(value, Handle):
            return self._by_handle(value)
        if isinstance(value, list | tuple):
            return type(value)(self._rich(item) for item in value)
        if isinstance(value, dict):
            return {key: self._rich(item) for key, item in value.items()}
        return value

    def _by_handle(self, handle: Handle) -> Any:
        if handle.kind == "env" and handle.id < len(self._environments):
            return self._environments[handle.id]
        return _REMOTES.get(handle.kind, _Remote)(self, handle)

    def _play(self, ask: Ask) -> Answer:
        """Answer what student code asks for; a refusal becomes an exception over there."""
        try:
            value = self._target(ask.target)(*self._rich(ask.args), **self._rich(ask.kwargs))
            return Answer(self._plain(value))
        except (Refusal, TypeError, CodecError) as refusal:
            return Answer(None, str(refusal)[:500])

    def _target(self, name: str) -> Callable[..., Any]:
        if name in self._functions:
            return self._functions[name]
        match name.split("."):
            case ["env", number, "reset" | "step" as method] if re.fullmatch("[0-9]{1,9}", number):
                if int(number) < len(self._environments):
                    return getattr(self._environments[int(number)], method)  # type: ignore[no-any-return]
        raise Refusal(f"there is no {name} here")


class Reference(Student):
    """The master's functions. Where they fail it is our fault, unless student code called them oddly."""

    def ask(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """See Student.ask. Raises Refusal where the master's code raised, BrokenReference for the rest."""
        try:
            return super().ask(operation, *args, **kwargs)
        except StudentError as error:
            raise Refusal(str(error)) from error
        except StudentFault as error:
            raise BrokenReference(str(error)) from error


class _Remote:
    """Something that lives in the student's process."""

    def __init__(self, student: Student, handle: Handle) -> None:
        self._student = student
        self.handle = handle

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Remote) and self.handle == other.handle

    def __hash__(self) -> int:
        return hash(self.handle)


class Model(_Remote):
    """A model in the student's process. What it says of itself is hearsay; what it computes is evidence."""

    def weights(self) -> list[Floats]:
        """Return the weights."""
        return _arrays(self._student.ask("weights", self))

    def set_weights(self, weights: list[Floats]) -> None:
        """Overwrite the weights."""
        self._student.ask("set_weights", self, weights)

    def predict(self, observations: Floats) -> Any:
        """Return the output for observations (n, 80, 80, 2)."""
        return self._student.ask("predict", self, observations)

    def describe(self) -> dict[str, Any]:
        """Return shapes, loss, optimizer and learning rate as the model names them: for messages only."""
        described = self._student.ask("describe", self)
        return described if isinstance(described, dict) else {}

    def loss_value(self, targets: Floats, predictions: Floats, sample_weight: Floats) -> Any:
        """Return the compiled loss of predictions (n, 6) against targets (n, 6), weighted by (n,)."""
        return self._student.ask("loss_value", self, targets, predictions, sample_weight)

    def descend(self, observations: Floats, targets: Floats, rate: float) -> list[Floats]:
        """Take one step down the gradient of the cross-entropy, as in training; return the weights then."""
        return _arrays(self._student.ask("descend", self, observations, targets, rate))

    def optimizer_steps(self, gradients: list[list[Floats]]) -> list[list[Floats]]:
        """Apply one list of gradients after the other; return the weights after each."""
        steps = self._student.ask("optimizer_steps", self, gradients)
        return [_arrays(step) for step in steps] if isinstance(steps, list) else []


class Episode(_Remote):
    """An episode in the student's process."""

    def get(self) -> tuple[Any, Any, Any]:
        """Return (observations, actions, rewards) as they are; nothing about them is known yet."""
        content = self._student.ask("episode_content", self)
        if not isinstance(content, tuple | list) or len(content) != 3:
            return None, None, None
        observations, actions, rewards = content
        return observations, actions, rewards

    def score(self) -> Any:
        """Return the episode's score as it is."""
        return self._student.ask("episode_score", self)


_REMOTES: dict[str, type[_Remote]] = {"model": Model, "episode": Episode}


def _of(kind: type[_Kind], value: Any) -> _Kind:
    """Return `value`, which the worker's own code made: where it is something else, the worker lies."""
    if not isinstance(value, kind):
        raise WorkerLost("it answered with something else than it was asked for")
    return value


def _arrays(value: Any) -> list[Floats]:
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, np.ndarray)]


def _raised(trouble: Any) -> Raised:
    """Return what a statement raised, cut to what a sentence needs: one is kept for every cell."""
    known = trouble if isinstance(trouble, dict) else {}
    type_name, text, cell = (
        value[:MAX_TEXT] if isinstance(value, str) else ""
        for value in map(known.get, ("type_name", "text", "cell"))
    )
    line = known.get("line")
    return Raised(type_name, text, cell, line if type(line) is int else 0)
