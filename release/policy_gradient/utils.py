"""What the notebook needs beside Pong: a buffer for an episode, a live view, kind checks."""

import ast
import inspect
import textwrap

import numpy as np
from live import create_curve, create_frame, save_gif, update_curve, update_frame

__all__ = [
    "Check",
    "Episode",
    "create_curve",
    "create_frame",
    "save_gif",
    "update_curve",
    "update_frame",
]


class Episode:
    """The observations, actions and rewards of one episode, in the order in which they came.

    Memory grows with what is appended: the arrays start small and double when they are full.
    """

    def __init__(self, capacity, observation_shape, action_shape):
        """Make an empty episode.

        Args:
            capacity: the most steps that it can hold.
            observation_shape: shape of one observation, for example (80, 80, 2).
            action_shape: shape of one action, for example (6,) for one-hot actions.
        """
        self.capacity = capacity
        self.length = 0
        shapes = (tuple(observation_shape), tuple(action_shape), ())
        self._arrays = [np.empty((0, *shape), np.float32) for shape in shapes]

    @property
    def score(self):
        """The sum of the rewards, a float."""
        return float(self._arrays[2][: self.length].sum())

    def append(self, observation, action, reward):
        """Store a copy of one step.

        Raises:
            BufferError: if the episode is full.
            ValueError: if one of the three does not have its shape.
        """
        if self.length == self.capacity:
            raise BufferError(f"This episode is full: its capacity is {self.capacity} steps.")
        step = {"observation": observation, "action": action, "reward": reward}
        for (name, value), array in zip(step.items(), self._arrays, strict=True):
            _check_shape(name, value, array.shape[1:])
        if self.length == len(self._arrays[0]):
            self._grow()
        for value, array in zip(step.values(), self._arrays, strict=True):
            array[self.length] = value
        self.length += 1

    def get(self):
        """Return (observations, actions, rewards), float32, for an episode of T steps.

        Their shapes are (T, *observation_shape), (T, *action_shape) and (T,). They are views:
        nothing is copied.
        """
        return tuple(array[: self.length] for array in self._arrays)

    def _grow(self):
        size = min(max(16, 2 * self.length), self.capacity)
        for i, array in enumerate(self._arrays):
            self._arrays[i] = np.empty((size, *array.shape[1:]), np.float32)
            self._arrays[i][: self.length] = array


def _check_shape(name, value, expected):
    if np.shape(value) != expected:
        raise ValueError(f"The {name} must have shape {expected}, not {np.shape(value)}.")


class Check:
    """Check an exercise: `with Check(...)` turns what goes wrong for a `...` into one sentence."""

    def __init__(self, name, namespace, needs=()):
        """Look whether all functions are there.

        Args:
            name: the function that the student writes.
            namespace: the notebook's `globals()`.
            needs: names of the functions of other exercises that the check calls.

        Raises:
            AssertionError: if one of the functions is not defined.
        """
        self.functions = {each: namespace.get(each) for each in (*needs, name)}
        for each, function in self.functions.items():
            if not callable(function):
                raise AssertionError(
                    f"{each} is not defined yet: fill in what is missing in its cell and run it, "
                    "then run this cell again."
                )

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        """Raise AssertionError for what failed while a `...` is left; let the rest pass through."""
        if not isinstance(error, Exception):
            return
        for each, function in self.functions.items():
            if _has_placeholder(function):
                raise AssertionError(
                    f"{each} is still waiting for you: replace every `...` in its cell, run it, "
                    "then run this cell again."
                ) from None


def _has_placeholder(function):
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return False
    return any(
        isinstance(value := getattr(node, "value", None), ast.Constant) and value.value is ...
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return)
    )
