"""Takes in what came from a student's code, whatever it is, or fails with the check's own sentence.

Student code may answer with anything that can cross the boundary: None, a string, nested lists, an
array of another shape, an object known by its name only. Each function here returns a plain value of
the kind that a check can compute with, or raises AssertionError with `message`, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Compared = Callable[[Any, Floats, float, float], None]
compared: ContextVar[Compared | None] = ContextVar("compared", default=None)
"""Who hears of every comparison, its rtol and its atol: nobody, unless a submission is explained."""
_MAX_NUMBERS = 2**24
_MAX_IN_LISTS = 2**21  # NumPy has to put these together, so they take memory once more


def floats(value: Any, shape: tuple[int, ...], message: str) -> Floats:
    """Return `value` as float64 of exactly this shape: an array, a number or nested lists of numbers.

    Booleans are no numbers here; infinities and NaN are, and then differ from what is wanted.
    """
    array = numbers(value)
    assert array is not None, message
    assert array.shape == shape, message
    return array.astype(np.float64)


def float_array(value: Any, shape: tuple[int, ...], message: str) -> Floats:
    """Return `value`, which must be an array of a floating point type, as float64 of this shape."""
    assert isinstance(value, np.ndarray), message
    assert value.dtype.kind == "f", message
    return floats(value, shape, message)


def close(
    value: Any, wanted: npt.ArrayLike, message: str, rtol: float = 1e-5, atol: float = 1e-8
) -> Floats:
    """Return `value` as float64 where it has the shape of `wanted` and all its numbers are that close."""
    target = np.asarray(wanted, np.float64)
    if (hear := compared.get()) is not None:
        hear(value, target, rtol, atol)
    array = floats(value, target.shape, message)
    assert bool(np.isfinite(array).all()), message
    same = np.array_equal(array, target)  # in a tenth of the time
    assert same or bool(np.allclose(array, target, rtol=rtol, atol=atol)), message
    return array


def integer(value: Any, message: str) -> int:
    """Return `value` as an int: Python's, NumPy's or an array of no dimensions; no boolean."""
    if isinstance(value, np.generic | np.ndarray):
        assert value.ndim == 0, message
        assert value.dtype.kind in "iu", message
        return int(value)
    assert type(value) is int, message
    return value


def items(value: Any, count: int, message: str) -> list[Any]:
    """Return `value`, which must be a list or tuple of so many items, as a list."""
    assert isinstance(value, list | tuple), message
    assert len(value) == count, message
    return list(value)


def numbers(value: Any) -> npt.NDArray[Any] | None:
    """Return an array of integers or floating point numbers, or None where `value` is none."""
    if not _all_numbers(value):
        return None  # among numbers, one long string would make all of them as long
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None  # lists of different lengths, nested too deeply
    return array if array.dtype.kind in "iuf" and array.size <= _MAX_NUMBERS else None


def _all_numbers(value: Any) -> bool:
    """Tell whether `value` is a number, an array of them, or lists of these of a bounded size."""
    if not isinstance(value, list | tuple):
        return _is_number(value)
    lists, left = [value], _MAX_IN_LISTS
    while lists:
        for item in lists.pop():
            left -= 1 + (item.size if isinstance(item, np.ndarray) else 0)
            if isinstance(item, list | tuple):
                lists.append(item)
            elif not _is_number(item):
                return False
            if left < 0:
                return False
    return True


def _is_number(value: Any) -> bool:
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype.kind in "iuf"
    return type(value) in (int, float)
