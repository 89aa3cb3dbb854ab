"""Between a notebook's objects and the plain values that cross the boundary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.protocol.codec import DTYPES, MAX_DEPTH, Handle, Opaque

_INT64 = range(-(2**63), 2**64)


class Objects:
    """The objects that stay in this process, by handle.

    Kinds "model", "episode" and "object" live here. Kind "env" lives with the checker: `environment`
    makes the stand-in that forwards to it.
    """

    def __init__(self, environment: Callable[[int], Any]) -> None:
        self._environment = environment
        self._objects: dict[int, Any] = {}
        self._environments: dict[int, Any] = {}

    def keep(self, kind: str, thing: Any) -> Handle:
        """Return the handle of `thing`: always the same one for the same object."""
        for number, known in self._objects.items():
            if known is thing:
                return Handle(kind, number)
        number = len(self._objects)
        self._objects[number] = thing
        return Handle(kind, number)

    def get(self, handle: Handle) -> Any:
        """Return the object behind a handle; raise LookupError where there is none."""
        if handle.kind == "env":
            if handle.id not in self._environments:
                self._environments[handle.id] = self._environment(handle.id)
            return self._environments[handle.id]
        return self._objects[handle.id]

    def forget(self) -> None:
        """Let go of every object, so that a long-lived process does not grow."""
        self._objects.clear()
        self._environments.clear()

    def restore(self, value: Any) -> Any:
        """Return `value` with the object in place of each handle."""
        if isinstance(value, Handle):
            return self.get(value)
        if isinstance(value, list | tuple):
            return type(value)(self.restore(item) for item in value)
        if isinstance(value, dict):
            return {key: self.restore(item) for key, item in value.items()}
        return value

    def plain(self, value: Any, depth: int = 0) -> Any:
        """Return what crosses in place of `value`: itself, a copy, a handle, or its type's name."""
        if value is None or type(value) in (bool, float, str):
            return value
        if type(value) is int:
            return value if value in _INT64 else Opaque("int of more than 64 bits")
        if isinstance(value, np.generic | np.ndarray):
            return _plain_array(value)
        if isinstance(value, list | tuple | dict) and depth < MAX_DEPTH - 2:
            return self._container(value, depth)
        if type(value).__module__.startswith("tensorflow.") and hasattr(value, "numpy"):
            return self.plain(value.numpy(), depth + 1)
        return self._by_handle(value)

    def _container(self, value: Any, depth: int) -> Any:
        if isinstance(value, dict):
            return {str(key)[:200]: self.plain(item, depth + 1) for key, item in value.items()}
        items = [self.plain(item, depth + 1) for item in value]
        return tuple(items) if isinstance(value, tuple) else items

    def _by_handle(self, value: Any) -> Any:
        import keras

        if isinstance(value, keras.Model):
            return self.keep("model", value)
        if callable(getattr(value, "get", None)) and hasattr(value, "score"):
            return self.keep("episode", value)
        for number, known in self._environments.items():
            if known is value:
                return Handle("env", number)
        return Opaque(type(value).__name__)


def _plain_array(value: Any) -> Any:
    if value.dtype.newbyteorder("<").str not in DTYPES:
        return Opaque(f"array of {value.dtype}")
    return value if isinstance(value, np.generic) else np.array(value, subok=False)
