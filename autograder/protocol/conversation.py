"""One conversation between checker and worker, without input or output: bytes in, messages out."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.protocol.codec import CodecError, decode, encode
from autograder.protocol.frames import FrameBuffer
from autograder.protocol.messages import (
    CHECKER,
    IDLE,
    OVER,
    TRANSITIONS,
    WORKER,
    Message,
    from_plain,
    to_plain,
)

# Bytes: a socket holds no more than the latter at once, and memory for more would have to be found.
_LEAST, _MOST = 2**16, 2**18


class ProtocolError(Exception):
    """A message that is not legal in the present state."""


class Conversation:
    """One side of the conversation: knows whose turn it is and refuses everything else.

    `side` is CHECKER or WORKER. After any error of the other side's the session is over; there is no way
    back to a legal state, since nothing that the other side sends can be believed any longer.
    """

    def __init__(self, side: str) -> None:
        self.state = IDLE
        self._side = side
        self._other = WORKER if side == CHECKER else CHECKER
        self._frames = FrameBuffer()

    def send(self, message: Message) -> bytes:
        """Return the bytes of our message; raise ProtocolError where it is not our turn to send it."""
        data = encode(to_plain(message))
        self._advance(self._side, message)
        return data

    def receive(self, data: bytes) -> Iterator[Message]:
        """Take bytes of the other side; yield its messages. Raises CodecError or ProtocolError."""
        if self.state == OVER:
            raise ProtocolError(f"{self._other} sent more after an error")
        try:
            for body in self._frames.feed(data):
                message = from_plain(decode(body))
                self._advance(self._other, message)
                yield message
        except (CodecError, ProtocolError, MemoryError):
            self.state = OVER
            raise

    def unread(self) -> int:
        """Return how many bytes of the other side's next frame are there already."""
        return self._frames.unread()

    def wanted(self) -> int:
        """Return how many bytes to ask the socket for next."""
        return min(_MOST, max(_LEAST, self._frames.missing()))

    def _advance(self, sender: str, message: Message) -> None:
        key = (self.state, sender, type(message))
        if key not in TRANSITIONS:
            raise ProtocolError(f"{sender} sent {type(message).__name__} while {self.state}")
        self.state = TRANSITIONS[key]
