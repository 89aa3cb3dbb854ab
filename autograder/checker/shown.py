"""Values as short text that a person reads: bounded in length, and in the time that making it takes.

Whatever hides in a text of a student's is spelled out. Arrays are never shown whole: a check compares
thousands of numbers, and a person looks at the first of them and at where they differ most.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import numpy as np

from autograder.checker import expect
from autograder.checker.hosted import Hosted
from autograder.checker.student import Remote
from autograder.plaintext import spelled
from autograder.protocol.codec import Handle, Opaque

MOST = 600  # characters of one value
_ITEMS = 8  # of a list or a dict
_NUMBERS = 12  # of an array that is too large to be shown whole
_WHOLE = 40  # numbers of one that is not
_DEPTH = 4


def shown(value: Any, most: int = MOST) -> str:
    """Return `value` as one line of at most `most` characters."""
    try:
        text = _text(value, 0)
    except Exception as error:  # what a repr does is not known; a transcript must not end a grading
        text = f"<{type(value).__name__} that cannot be shown: {type(error).__name__}>"
    return cut(" ".join(spelled(text).split()), most)


def cut(text: str, most: int) -> str:
    """Return text of at most `most` characters; the sign at its end says that there was more."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def difference(value: Any, wanted: expect.Floats, rtol: float, atol: float) -> str:
    """Say where a value differs most from the wanted numbers; empty where it is as close as it should be."""
    found = expect.numbers(value)
    if found is None:
        return "what came is no array of numbers"
    if found.shape != wanted.shape:
        return f"the shape is {found.shape} in place of {wanted.shape}"
    numbers = found.astype(np.float64)
    far = ~np.isclose(numbers, wanted, rtol=rtol, atol=atol) | ~np.isfinite(numbers)
    if not far.any():
        return ""
    with np.errstate(all="ignore"):
        distance = np.where(far, np.nan_to_num(np.abs(numbers - wanted), nan=np.inf), -1)
    worst = np.unravel_index(int(np.argmax(distance)), distance.shape)
    where = f", most at {list(map(int, worst))}" if worst else ""
    counted = f"{int(far.sum())} of {far.size} numbers differ{where}"
    return f"{counted}: {numbers[worst]!s} in place of {wanted[worst]!s}"


def _text(value: Any, depth: int) -> str:
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, str | bytes):
        return repr(value[:MOST])
    if isinstance(value, list | tuple | dict):
        return _container(value, depth) if depth < _DEPTH else "..."
    if isinstance(value, Opaque):
        return f"<{value.type_name}, which cannot cross>"
    if isinstance(value, Remote):
        return f"<{value.handle.kind} of the student's>"
    if isinstance(value, Handle):
        return f"<{value.kind}>"
    if isinstance(value, Hosted):
        return f"<{value.kind} of the check's>"
    return repr(value)


def _container(value: list[Any] | tuple[Any, ...] | dict[str, Any], depth: int) -> str:
    if isinstance(value, dict):
        items = [
            f"{_text(key, depth + 1)}: {_text(item, depth + 1)}"
            for key, item in islice(value.items(), _ITEMS)
        ]
    else:
        items = [_text(item, depth + 1) for item in value[:_ITEMS]]
    if len(value) > _ITEMS:
        items.append(f"and {len(value) - _ITEMS} more")
    begin, end = {dict: ("{", "}"), tuple: ("(", ")")}.get(type(value), ("[", "]"))
    comma = "," if type(value) is tuple and len(value) == 1 else ""
    return f"{begin}{', '.join(items)}{comma}{end}"


def _array(value: np.ndarray[Any, Any]) -> str:
    head = f"{value.dtype} {value.shape} "
    if value.size <= _WHOLE and value.ndim <= 2:
        text = np.array2string(value, separator=", ", precision=9, max_line_width=MOST)
        return head + re.sub(r"(?<=\[) +| +(?=[],])", "", text)
    first = ", ".join(str(number) for number in value.flat[:_NUMBERS])
    return f"{head}[{first}, and {value.size - min(value.size, _NUMBERS)} more]"
