"""Python on the terminal, with a student's functions across the boundary and the reference's beside them.

What is typed runs here. What a function of theirs does runs where it is graded, confined as ever, and what
it gives back is data.
"""

from __future__ import annotations

import code
import contextlib
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.engines.base import Session
from autograder.explain import terminal
from autograder.plaintext import spelled
from autograder.protocol.codec import CodecError
from autograder.protocol.transcript import unpacked
from autograder.report import Report

_MOST = 4000  # characters of a value
_BANNER = """\
student.<function>(...) runs the function of {student}, reference.<function>(...) that of the master; np is
NumPy. Each call may take as long as when it is graded. Ctrl-D ends."""


class Stopped(Exception):
    """A function did not give back a value; the text says what it did instead."""


class Functions:
    """The functions of a student or of the reference, by their names."""

    def __init__(self, session: Session, of: str, say: Callable[[str], None]) -> None:
        self._session, self._of, self._say = session, of, say

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return the function `name`."""
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self._call(name, list(args), kwargs)

    def __repr__(self) -> str:
        return f"<the functions of the {self._of}>"

    def _call(self, name: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        try:
            answer = self._session.ask(self._of, name, args, kwargs)
        except CodecError as error:
            raise Stopped(f"That cannot cross the boundary: {error}.") from None
        for line in terminal.beside(unpacked(answer["calls"]).calls):
            self._say(line)
        if answer["said"]:
            raise Stopped(answer["said"])
        return answer["value"]


class _Console(code.InteractiveConsole):
    """A console that says what a function did without showing how it was asked."""

    def showtraceback(self) -> None:
        error = sys.exc_info()[1]
        if isinstance(error, Stopped):
            self.write(f"{error}\n")
        else:
            super().showtraceback()


def interact(session: Session, report: Report, notebook: bytes, say: Callable[[str], None]) -> None:
    """Let a person type Python until they have had enough. Raises EngineError where the session breaks."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - lines can be edited, and come again
    for line in terminal.cells(unpacked(session.open(notebook, report.seed))):
        say(line)
    names = {"np": np} | {of: Functions(session, of, say) for of in ("student", "reference")}
    usual, sys.displayhook = sys.displayhook, _display
    try:
        with contextlib.suppress(SystemExit):
            _Console(names).interact(_banner(report), "")
    finally:
        sys.displayhook = usual


def _display(value: object) -> None:
    """Show what an expression came to, at most so much of it: it may be a student's."""
    if value is not None:
        text = spelled(repr(value))
        print(text if len(text) <= _MOST else f"{text[:_MOST]}… ({len(text)} characters)")


def _banner(report: Report) -> str:
    return _BANNER.format(student=terminal.name(report.student))
