"""Objects that live with the checker and that student code reaches through a stand-in, such as a game.

What was really sent and received is known here, so nothing has to be taken from the student's word.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar


class Refusal(Exception):
    """What a student's code asked for is not possible; the text says why, and reaches the student."""


class Hosted:
    """Base of what student code may call methods of: those that `methods` names, and no other.

    `kind` is the name under which the assignment's worker.py makes the stand-in (``HOSTED``).
    """

    kind: ClassVar[str]
    methods: ClassVar[tuple[str, ...]]


def called(function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> Any:
    """Call `function` with what a student's code passed; raise Refusal where that does not fit.

    Only the fit is the student's business: a TypeError from within `function` is a fault of ours, and
    passes through as such.
    """
    plain, first = _unbound(function)
    try:
        bound = _signature(plain).bind(*first, *args, **kwargs)
    except TypeError as error:
        raise Refusal(str(error)) from None
    return plain(*bound.args, **bound.kwargs)


@lru_cache(maxsize=100)  # a stand-in is called thousands of times
def _signature(function: Callable[..., Any]) -> inspect.Signature:
    return inspect.signature(function)


def _unbound(function: Callable[..., Any]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """Return what is called in the end, and the object that it is called with first.

    A student's code may pass a keyword `self`, too.
    """
    if inspect.ismethod(function):
        return function.__func__, (function.__self__,)
    if inspect.isroutine(function):
        return function, ()
    return type(function).__call__, (function,)
