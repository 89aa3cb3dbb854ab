"""Where fresh workers come from: the warm parent, asked over the control socket."""

from __future__ import annotations

import socket

from autograder.checker.channel import Channel


class ParentGone(RuntimeError):
    """The warm parent did not do as it was asked: ours to mend, never the student's fault."""


class Workers:
    """Asks the warm parent for one worker at a time."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control

    def fresh(self) -> Channel:
        """Return the channel of a new worker; the one before, and all that it started, is gone."""
        self._control.sendall(b"W")
        answer, descriptors, _, _ = socket.recv_fds(self._control, 1, 1)
        if answer != b"w" or len(descriptors) != 1:
            raise ParentGone("the warm parent gave no worker")
        return Channel(socket.socket(fileno=descriptors[0]))

    def kill(self) -> None:
        """End the worker and all that it started."""
        self._control.sendall(b"K")
        if self._control.recv(1) != b"k":
            raise ParentGone("the warm parent did not end the worker")
