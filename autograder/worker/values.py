"""Between a notebook's objects and the plain values that cross the boundary."""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np

from autograder.protocol.codec import DTYPES, Handle, Opaque
from autograder.protocol.values import replaced
from autograder.worker.extension import Extension
from autograder.worker.stand_ins import Asker, caller

_INT64 = range(-(2**63), 2**64)


class Objects:
    """The objects that stay in this process, by handle, and the stand-ins for those of the checker."""

    def __init__(self, extension: Extension, ask: Asker) -> None:
        self._extension = extension
        self._ask = ask
        self._objects: dict[int, Any] = {}
        self._hosted: dict[Handle, Any] = {}
        self._kept: dict[Handle, Any] = {}

    def keep(self) -> None:
        """Keep the stand-ins that there are now for good."""
        self._kept = dict(self._hosted)

    def forget(self) -> None:
        """Let go of every other object, so that a long-lived process does not grow."""
        self._objects.clear()
        self._hosted = dict(self._kept)

    def restore(self, value: Any) -> Any:
        """Return `value` with the object in place of each handle; raise LookupError where there is none."""
        return replaced(value, lambda item: self._get(item) if isinstance(item, Handle) else item)

    def plain(self, value: Any) -> Any:
        """Return what crosses in place of `value`: itself, a copy, a handle, or its type's name."""
        return replaced(value, self._plain_leaf)

    def _get(self, handle: Handle) -> Any:
        if handle.kind not in self._extension.hosted:
            return self._objects[handle.id]
        if handle not in self._hosted:
            call = caller(self._ask, handle.kind, handle.id)
            self._hosted[handle] = self._extension.hosted[handle.kind](call)
        return self._hosted[handle]

    def _keep(self, kind: str, thing: Any) -> Handle:
        """Return the handle of `thing`: always the same one for the same object."""
        for number, known in self._objects.items():
            if known is thing:
                return Handle(kind, number)
        number = len(self._objects)
        self._objects[number] = thing
        return Handle(kind, number)

    def _plain_leaf(self, value: Any) -> Any:
        value = self._extension.plain(value)
        if value is None or type(value) in (bool, float, str):
            return value
        if isinstance(value, np.generic | np.ndarray):
            return _plain_array(value)
        if issubclass(
            type(value), int
        ):  # also a member of an enumeration, say: the number that it is
            number = int.__int__(value)
            return number if number in _INT64 else Opaque("int of more than 64 bits")
        if issubclass(type(value), deque):
            return self.plain(list(value))
        for kind, is_one in self._extension.kinds.items():
            if is_one(value):
                return self._keep(kind, value)
        for handle, known in self._hosted.items():
            if known is value:
                return handle
        return _as_array(value)


def _as_array(value: Any) -> Any:
    """Return the array that a value of some library stands for, a pandas Series say; else its type's name."""
    try:
        array = np.asarray(value) if hasattr(type(value), "__array__") else None
    except Exception:  # whatever that library's own code raises
        array = None
    return Opaque(type(value).__name__) if array is None else _plain_array(array)


def _plain_array(value: Any) -> Any:
    if value.dtype.newbyteorder("<").str not in DTYPES:
        return Opaque(f"array of {value.dtype}")
    return value if isinstance(value, np.generic) else np.asarray(value)
