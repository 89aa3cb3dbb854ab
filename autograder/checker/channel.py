"""The checker's end of the boundary: bounded waits, typed messages, nothing believed.

What can go wrong with student code, drawn as a tree::

    StudentFault                the student's code is to blame; costs its check
    ├── StudentError            it raised
    ├── StudentTimeout          it did not answer in time
    └── WorkerLost              its process ended or sent what is no message of ours
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from autograder.protocol.codec import CodecError
from autograder.protocol.conversation import Conversation, ProtocolError
from autograder.protocol.messages import CHECKER, IDLE, Answer, Ask, Done, Message, Raised, Request

MAX_ASKS = 100_000


class StudentFault(Exception):
    """Something that student code did instead of answering; `operation` is what was asked of it."""

    operation = ""


class StudentError(StudentFault):
    """The student's code raised; `raised` says what and where."""

    def __init__(self, raised: Raised) -> None:
        super().__init__(f"{raised.type_name}: {raised.text}")
        self.raised = raised


class StudentTimeout(StudentFault):
    """The student's code did not answer in time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no answer within {seconds:.0f} seconds")
        self.seconds = seconds


class WorkerLost(StudentFault):
    """The student's process ended, or broke the protocol; it is of no use any more."""


Play = Callable[[Ask], Answer]


class Channel:
    """Sends requests to one worker and plays what its code asks for meanwhile.

    `breach` is told when the worker sends what is no message of ours, which no notebook does by itself.
    """

    def __init__(
        self, end: socket.socket, breach: Callable[[str], None] = lambda what: None
    ) -> None:
        self._end = end
        self._conversation = Conversation(CHECKER)
        self._breach = breach

    def request(self, request: Request, seconds: float, play: Play) -> Any:
        """Return the worker's result of `request`.

        `play` answers each Ask. Raises StudentError, StudentTimeout (`seconds` of wall time are over)
        or WorkerLost; after the last two the channel is closed.
        """
        try:
            return self._requested(request, seconds, play)
        except StudentFault as fault:
            fault.operation = request.operation
            raise

    def _requested(self, request: Request, seconds: float, play: Play) -> Any:
        deadline = time.monotonic() + seconds
        try:
            self._send(request, deadline)
            for _ in range(MAX_ASKS):
                message = self._receive(deadline)
                if not isinstance(message, Ask):
                    return _result(message)
                self._send(play(message), deadline)
            raise WorkerLost("it asked without end")
        except TimeoutError:
            self.close()
            raise StudentTimeout(seconds) from None
        except WorkerLost:
            self.close()
            raise
        except ProtocolError as error:
            self._breach("its process sent what is no message of ours")
            self.close()
            raise WorkerLost(str(error)) from error
        except (OSError, CodecError, MemoryError) as error:
            # CodecError while sending: what a check makes of a student's value may be too large to cross
            self.close()
            raise WorkerLost(str(error)) from error

    @property
    def idle(self) -> bool:
        """Whether the next request may be sent: false after a check gave up in the middle of one."""
        return self._conversation.state == IDLE

    def close(self) -> None:
        """Hang up."""
        self._end.close()

    def _send(self, message: Message, deadline: float) -> None:
        self._expect_silence()
        data = self._conversation.send(message)
        self._end.settimeout(_left(deadline))
        self._end.sendall(data)

    def _expect_silence(self) -> None:
        """Refuse what has come while it was our turn: it answers nothing that was asked."""
        self._end.setblocking(False)
        with suppress(BlockingIOError):
            if not self._end.recv(1, socket.MSG_PEEK):
                raise WorkerLost("the process ended")
            raise ProtocolError("it spoke before it was asked")
        if self._conversation.unread():
            raise ProtocolError("it spoke before it was asked")

    def _receive(self, deadline: float) -> Message:
        while True:
            self._end.settimeout(_left(deadline))
            data = self._end.recv(self._conversation.wanted())
            if not data:
                raise WorkerLost("the process ended")
            try:
                messages = list(self._conversation.receive(data))
            except CodecError as error:
                raise ProtocolError(str(error)) from error
            if len(messages) > 1:
                raise ProtocolError("more than one message at once")
            if messages:
                return messages[0]


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _result(message: Message) -> Any:
    if isinstance(message, Raised):
        raise StudentError(message)
    assert isinstance(message, Done)  # the table of transitions leaves nothing else
    return message.value
