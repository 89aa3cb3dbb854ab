"""Plain data as a Python expression that makes it once more: what a notebook needs to repeat a call.

Small arrays are spelled out. Larger ones are ``unpacked("...", dtype, shape)``: their bytes, compressed.
"""

from __future__ import annotations

import base64
import zlib
from typing import Any

import numpy as np

MOST = 16_000  # characters of all arguments of a call
_SPELLED_OUT = 64  # numbers
_ITEMS = 4000  # of all lists
_BYTES = 64 * 2**10  # of an array that is worth compressing: that takes time


class NotPlain(Exception):
    """A value cannot be made from plain data, or only from too much of it; the text says which."""


def expressions(values: list[Any], most: int = MOST) -> list[str]:
    """Return an expression for each value. Raises NotPlain."""
    writer = _Writer()
    written = [writer.write(value) for value in values]
    if sum(map(len, written)) > most:
        raise NotPlain("its arguments are too large to be written down")
    return written


class _Writer:
    """Writes values, and stops where there are too many of them."""

    def __init__(self) -> None:
        self._left = _ITEMS

    def write(self, value: Any) -> str:
        self._left -= 1
        if self._left < 0:
            raise NotPlain("its arguments are too large to be written down")
        if value is None or type(value) in (bool, int, str, bytes):
            return _short(repr(value) if type(value) is not int else str(value))
        if type(value) is float:
            return repr(value) if np.isfinite(value) else f'float("{value}")'
        if isinstance(value, np.ndarray):
            return _array(value)
        if isinstance(value, np.generic):
            return f'np.dtype("{_dtype(value)}").type({self.write(value.item())})'
        if type(value) is dict:
            pairs = (f"{self.write(key)}: {self.write(item)}" for key, item in value.items())
            return f"{{{', '.join(pairs)}}}"
        if type(value) in (list, tuple):
            inside = [self.write(item) for item in value]
            if type(value) is list:
                return f"[{', '.join(inside)}]"
            return f"({', '.join(inside)}{',' if len(inside) == 1 else ''})"
        raise NotPlain("it was given an object that lives only while a submission is graded")


def _array(value: np.ndarray[Any, Any]) -> str:
    dtype = _dtype(value)
    if value.size <= _SPELLED_OUT and value.size and bool(np.isfinite(value).all()):
        return f'np.array({value.tolist()}, dtype="{dtype}")'
    if value.nbytes > _BYTES:
        raise NotPlain("its arguments are too large to be written down")
    data = base64.b64encode(zlib.compress(np.ascontiguousarray(value).tobytes(), 6)).decode()
    return f'unpacked("{data}", "{dtype}", {tuple(map(int, value.shape))})'


def _dtype(value: np.ndarray[Any, Any] | np.generic) -> str:
    if value.dtype.kind not in "biuf":
        raise NotPlain("it was given an array of something else than numbers")
    return str(value.dtype)


def _short(text: str) -> str:
    if len(text) > MOST:
        raise NotPlain("its arguments are too large to be written down")
    return text
