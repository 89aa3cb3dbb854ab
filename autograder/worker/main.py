"""The worker's loop: receive a request, do it, send the result or what the student's code raised."""

from __future__ import annotations

import contextlib
import random
import socket
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.protocol.codec import CodecError, Opaque
from autograder.protocol.messages import Done, Raised, Request
from autograder.worker import stand_ins
from autograder.worker.cells import Notebook, places
from autograder.worker.extension import Extension
from autograder.worker.values import Objects
from autograder.worker.wire import Wire

_NOTHING = object()


def serve(end: socket.socket, extension: Extension) -> None:
    """Answer requests on `end` until the checker hangs up; `extension` is the assignment's part."""
    worker = Worker(Wire(end), extension)
    while (request := worker.wire.next_request()) is not None:
        worker.answer(request)


class Worker:
    """One notebook and the objects that it made."""

    def __init__(self, wire: Wire, extension: Extension) -> None:
        self.wire = wire
        self._extension = extension
        self._objects = Objects(extension, self._ask)
        self._notebook = Notebook(extension.memory_errors)
        self._first_results: dict[str, Any] = {}
        self._own: dict[str, Any] = {}
        # Where the last exception passed through the notebook, kept only once a checker wants to know.
        self._places: list[tuple[str, int, str]] | None = None
        self._output = sys.stdout
        self._operations: dict[str, Callable[..., Any]] = {
            "run_cell": self._run_cell,
            "call": self._call,
            "call_once": self._call_once,
            "call_repeatedly": self._call_repeatedly,
            "call_each": self._call_each,
            "call_in_turns": self._call_in_turns,
            "call_with_arguments": self._call_with_arguments,
            "defines": self._defines,
            "has": self._has,
            "provide": self._provide,
            "assign": self._assign,
            "keep": self._keep,
            "read": self._read,
            "seed": self._seed,
            "tidy_up": self._tidy_up,
            "trace": self._trace,
            "traced": self._traced,
            **extension.operations,
        }

    def answer(self, request: Request) -> None:
        """Do what is asked and send the one message that ends it."""
        message: Done | Raised
        try:
            operation = self._operations[request.operation]
            args, kwargs = map(self._objects.restore, (request.args, request.kwargs))
            message = Done(self._objects.plain(operation(*args, **kwargs)))
        except BaseException as error:
            message = self._notebook.raised(error)
            if self._places is not None:
                self._places = places(error)
        try:
            self.wire.send(message)
        except CodecError:
            self.wire.send(Done(Opaque("value too large")))

    def _run_cell(self, name: str, source: str) -> list[dict[str, Any]]:
        return [vars(problem) for problem in self._notebook.run(name, source)]

    def _call(self, name: str, args: Any, kwargs: dict[str, Any]) -> Any:
        return self._notebook.names[name](*args, **kwargs)

    def _call_once(self, name: str) -> Any:
        """Return what the function returned when it was first called here."""
        if name not in self._first_results:
            self._first_results[name] = self._call(name, [], {})
        return self._first_results[name]

    def _call_repeatedly(self, name: str, count: int, args: list[Any]) -> list[Any]:
        """Call with a fresh copy of each array: what a call does to its arguments, the next must not see."""
        return self._call_in_turns(name, [0] * count, [args])

    def _call_each(self, name: str, many: list[list[Any]]) -> list[Any]:
        """Call with each of many arguments; arrays are copies that are gone after their call."""
        return self._call_in_turns(name, [*range(len(many))], many)

    def _call_in_turns(self, name: str, turns: list[int], many: list[list[Any]]) -> list[Any]:
        """Call with one of many arguments after another, as `turns` says; arrays are copies."""
        function = self._notebook.names[name]
        return [function(*map(_copied, many[turn])) for turn in turns]

    def _call_with_arguments(self, name: str, args: list[Any]) -> tuple[Any, list[Any]]:
        """Return the result and what the call left of its arguments."""
        return self._call(name, args, {}), args

    def _defines(self, name: str) -> bool:
        return callable(self._notebook.names.get(name))

    def _has(self, name: str) -> bool:
        return name in self._notebook.names

    def _provide(self, name: str) -> None:
        self._assign(name, stand_ins.function(self._ask, name))

    def _assign(self, name: str, value: Any) -> None:
        names = self._notebook.names
        self._own.setdefault(name, names.get(name, _NOTHING))
        names[name] = value

    def _keep(self) -> None:
        """Make what was assigned the notebook's own, for as long as it lives."""
        self._own.clear()
        self._objects.keep()

    def _tidy_up(self) -> None:
        """Give the notebook back what checks replaced, and let go of the objects that they made."""
        for name, value in self._own.items():
            self._notebook.names[name] = value
            if value is _NOTHING:
                del self._notebook.names[name]
        self._own.clear()
        self._objects.forget()

    def _seed(self, number: int) -> None:
        """Seed every generator that a notebook is likely to draw from, so that grading can be repeated."""
        self._extension.seed(number)
        random.seed(number)
        np.random.seed(number % 2**32)

    def _trace(self) -> None:
        """From now on, keep where exceptions pass through the notebook."""
        self._places = []

    def _traced(self) -> list[tuple[str, int, str]]:
        """Return where the last exception passed through, once; let go of what is still to be printed."""
        found, self._places = self._places or [], []
        with contextlib.suppress(Exception):  # the notebook may have closed it
            self._output.flush()
        return found

    def _read(self, name: str) -> Any:
        return self._notebook.names[name]

    def _ask(self, target: str, *args: Any, **kwargs: Any) -> Any:
        plain = self._objects.plain
        answer = self.wire.ask(
            target, plain(list(args)), {str(key): plain(value) for key, value in kwargs.items()}
        )
        return self._objects.restore(answer)


def _copied(argument: Any) -> Any:
    return argument.copy() if isinstance(argument, np.ndarray) else argument
