"""Stand-ins for what lives with the checker: functions of other exercises, and hosted objects."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Asker = Callable[..., Any]
"""``ask(target, *args, **kwargs)`` has the checker call `target` and returns its answer."""


def function(ask: Asker, name: str) -> Callable[..., Any]:
    """Return a function that has the checker answer in the place of the notebook's function `name`."""

    def stand_in(*args: Any, **kwargs: Any) -> Any:
        return ask(name, *args, **kwargs)

    stand_in.__name__ = stand_in.__qualname__ = name
    return stand_in


def caller(ask: Asker, kind: str, number: int) -> Callable[..., Any]:
    """Return ``call(method, *args)``, which reaches the methods of one hosted object."""

    def call(method: str, *args: Any, **kwargs: Any) -> Any:
        return ask(f"{kind}.{number}.{method}", *args, **kwargs)

    return call
