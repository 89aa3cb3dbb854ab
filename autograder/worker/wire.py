"""The worker's end of the boundary: one socket, one conversation."""

from __future__ import annotations

import socket
import threading
from typing import Any

from autograder.protocol.conversation import Conversation
from autograder.protocol.messages import WORKER, Answer, Ask, Message, Request


class Refused(RuntimeError):
    """The checker's side of a call said no; the text is for the student."""


class Wire:
    """Sends and receives messages; `ask` is how student code reaches what the checker plays."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._conversation = Conversation(WORKER)
        self._lock = threading.Lock()

    def next_request(self) -> Request | None:
        """Wait for the checker's next request; None when it hung up."""
        message = self._receive()
        return message if isinstance(message, Request) else None

    def send(self, message: Message) -> None:
        """Send one message."""
        self._end.sendall(self._conversation.send(message))

    def ask(self, target: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Call something of the checker's and return its answer; raise Refused with its sentence."""
        with self._lock:
            self.send(Ask(target, args, kwargs))
            answer = self._receive()
        if not isinstance(answer, Answer):
            raise SystemExit
        if answer.error is not None:
            raise Refused(answer.error)
        return answer.value

    def _receive(self) -> Message | None:
        while data := self._end.recv(self._conversation.wanted()):
            for message in self._conversation.receive(data):
                return message
        return None
