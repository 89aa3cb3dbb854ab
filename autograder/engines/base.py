"""The interface of an engine, and the session that all of them share: a process with two pipes."""

from __future__ import annotations

import os
import select
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from pydantic import ValidationError

from autograder.course.folder import Course
from autograder.course.settings import Limits, load_settings
from autograder.errors import EngineError
from autograder.protocol.codec import CodecError, decode, encode
from autograder.protocol.frames import FrameBuffer
from autograder.report import Judgement

START_SECONDS = 180.0
_PIECE = 65536


class Engine(Protocol):
    """Starts grading sessions somewhere."""

    name: str

    def problem(self, asked_for: bool = True) -> str | None:
        """Return one sentence on why this engine cannot be used here, with the remedy; None if it can.

        `asked_for` tells that a person named this engine, and knows what it is.
        """

    def probe(self) -> dict[str, bool]:
        """Probe the confinement of student code; return what holds, by name. Raises EngineError."""

    def digest(self) -> str:
        """Return the digest of all that decides a score in this engine, its runtime included."""

    def start(self) -> Session:
        """Start a session: the assignment's libraries are imported once. Raises EngineError."""


class Postponed(Exception):
    """A submission that lets time run out was not graded, since it can wait."""


class Session:
    """One warm parent somewhere, reached over its standard input and output.

    It grades one assignment, and refuses to be another's. `limits` are those that it was started with, if
    not the assignment's own. `stop` ends at once what the process itself may leave running; `clean` removes
    what it leaves lying.
    """

    def __init__(
        self,
        course: Course,
        limits: Limits | None,
        command: list[str],
        environment: dict[str, str],
        stop: Callable[[], None] = lambda: None,
        clean: Callable[[], None] = lambda: None,
    ) -> None:
        self._timeout = (limits or load_settings(course).limits).session
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the session
        self._process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            start_new_session=True,  # an interrupt at the keyboard is for us to pass on
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input, self._output = self._process.stdin, self._process.stdout
        os.set_blocking(self._input.fileno(), False)
        self._stop, self._clean = stop, clean
        self._frames = FrameBuffer()
        self._asked = 0  # calls of `ask`
        self._messages = self._receive()
        self._deadline = time.monotonic() + START_SECONDS
        try:
            self._greet(course.assignment)
        except EngineError:
            self.kill()
            raise

    def grade(
        self, notebook: bytes, seed: int, explain: bool = False, can_wait: bool = False
    ) -> Judgement:
        """Return the judgement on a notebook; raise EngineError where the session broke.

        With `explain`, each check has `transcript`, what it did (protocol/transcript.py), one that did not
        pass has `where`, the line of the checks in which it ended, and the judgement has `cells`, what the
        notebook's cells printed and raised. One that can wait raises Postponed where it lets time run out
        again and again: grade it when others have been.
        """
        self._deadline = time.monotonic() + self._timeout
        request = {"notebook": notebook, "seed": seed, "explain": explain, "can_wait": can_wait}
        self._send(encode(request))
        answer = self._next("outcome", "postponed")
        if "postponed" in answer:
            raise Postponed
        try:
            return Judgement.model_validate(answer)
        except ValidationError as error:
            raise EngineError(f"The grading session sent what is no judgement: {error}") from error

    def open(self, notebook: bytes, seed: int) -> str:
        """Run a notebook's cells, whose functions `ask` calls then; return the cells' transcript, packed.

        Raises EngineError where they cannot be run. What is opened ends with the session.
        """
        self._deadline = time.monotonic() + self._timeout
        self._send(encode({"notebook": notebook, "seed": seed, "console": True}))
        return str(self._next("opened")["opened"])

    def ask(
        self, of: str, function: str, args: list[Any], kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        """Call a function `of` student or reference: its value, or what is `said` instead, and its `calls`.

        Raises CodecError where an argument cannot cross, EngineError where the session broke.
        """
        self._deadline = time.monotonic() + self._timeout
        self._asked += 1
        request = {"of": of, "function": function, "args": args, "kwargs": kwargs}
        self._send(encode(request | {"number": self._asked}))
        while True:  # past the answer to a call that somebody has interrupted
            answer: dict[str, Any] = self._next("answer")["answer"]
            if answer["number"] == self._asked:
                return answer

    def close(self) -> None:
        """End the session and everything in it."""
        self._input.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._stop()
            self._process.kill()
            self._process.wait()
        self._output.close()
        self._errors.close()
        self._clean()

    def kill(self) -> None:
        """End the session at once."""
        self._stop()
        self._process.kill()
        self.close()

    def _greet(self, assignment: str) -> None:
        ready = self._next("ready")["ready"]
        if ready != assignment:
            raise EngineError(f"The grading session judges {ready!r}, not {assignment!r}.")

    def _next(self, *keys: str) -> dict[str, Any]:
        try:
            message = next(self._messages, None)
        except CodecError as error:
            raise EngineError(f"The grading session sent what is no report: {error}.") from error
        if not isinstance(message, dict) or not message.keys() & set(keys):
            raise EngineError(f"The grading session ended without a report. {self._last_words()}")
        return message

    def _receive(self) -> Iterator[Any]:
        while True:
            self._wait([self._output], [])
            data = os.read(self._output.fileno(), max(_PIECE, self._frames.missing()))
            if not data:
                return
            for body in self._frames.feed(data):
                yield decode(body)

    def _send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            self._wait([], [self._input])
            try:
                rest = rest[os.write(self._input.fileno(), rest[:_PIECE]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise EngineError(f"The grading session is gone. {self._last_words()}") from None

    def _wait(self, readable: list[Any], writable: list[Any]) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0 or not any(select.select(readable, writable, [], left)):
            raise EngineError(f"The grading session does not answer. {self._last_words()}")

    def _last_words(self) -> str:
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 2000))
        text = self._errors.read().decode(errors="replace").strip()
        return f"It said: {text}" if text else "It said nothing."
