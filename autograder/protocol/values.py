"""Values with something else in place of what cannot cross: the one walk that both sides take.

The worker puts a handle where its own objects are, the checker where its hosted ones are, and each puts
the object back where a handle comes in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.protocol.codec import MAX_DEPTH, MAX_NAME, are_int64

_DEEPEST = MAX_DEPTH - 2  # a message and its list of arguments hold every value


def replaced(value: Any, leaf: Callable[[Any], Any], depth: int = 0) -> Any:
    """Return `value` with `leaf(item)` for every item that is no list, tuple or dict.

    Containers are copied as plain ones, keys become short strings, and a container that lies deeper than
    a frame may hold is handed to `leaf` as a whole.
    """
    if not isinstance(value, list | tuple | dict) or depth >= _DEEPEST:
        return leaf(value)
    if isinstance(value, dict):
        return {str(key)[:MAX_NAME]: replaced(item, leaf, depth + 1) for key, item in value.items()}
    if type(value) is list and are_int64(value):
        return list(value)  # many draws: nothing in it has to be replaced
    items = [replaced(item, leaf, depth + 1) for item in value]
    return tuple(items) if isinstance(value, tuple) else items
