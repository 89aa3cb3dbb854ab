"""Where fresh workers come from: the warm parent, asked over the control socket."""

from __future__ import annotations

import socket

from autograder.checker.channel import Channel
from autograder.protocol.control import (
    ENDED,
    FRESH,
    HOW,
    KILL,
    PRINTED,
    REMAINS,
    SIZES,
    STARTED,
    Ending,
)


class ParentGone(RuntimeError):
    """The warm parent did not do as it was asked: ours to mend, never the student's fault."""


class Workers:
    """Asks the warm parent for one worker at a time.

    `breach` says what a submission did that none may be able to do; the session is replaced after it.
    """

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self.breach: str | None = None

    def fresh(self) -> Channel:
        """Return the channel of a new worker; the one before, and all that it started, is gone."""
        self._control.sendall(FRESH)
        answer, descriptors, _, _ = socket.recv_fds(self._control, 1, 1)
        if answer not in (STARTED, REMAINS) or len(descriptors) != 1:
            raise ParentGone("the warm parent gave no worker")
        self._note_remains(answer)
        return Channel(socket.socket(fileno=descriptors[0]), self._note)

    def kill(self) -> None:
        """End the worker and all that it started."""
        self._control.sendall(KILL)
        answer = self._control.recv(1)
        if answer not in (ENDED, REMAINS):
            raise ParentGone("the warm parent did not end the worker")
        self._note_remains(answer)

    def ending(self) -> Ending:
        """Return how the worker that was lost came to its end."""
        self._control.sendall(HOW)
        try:
            return Ending(self._control.recv(1))
        except ValueError:
            raise ParentGone("the warm parent did not say how the worker ended") from None

    def printed(self) -> tuple[int, bytes]:
        """Return how many bytes the worker has printed since this was last asked, and the first of them."""
        self._control.sendall(PRINTED)
        count, size = SIZES.unpack(self._exactly(SIZES.size))
        return count, self._exactly(size)

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = self._control.recv(size - len(data))
            if not piece:
                raise ParentGone("the warm parent did not say what the worker printed")
            data += piece
        return data

    def _note_remains(self, answer: bytes) -> None:
        if answer == REMAINS:
            self._note("something of it was still there after its end")

    def _note(self, breach: str) -> None:
        self.breach = self.breach or breach
