"""A door to a daemon's socket that can be shut: what a client sees while the daemon restarts."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from pathlib import Path
from types import TracebackType


class Proxy:
    """Passes every connection to `path` on to the socket `target`, both of them Unix sockets."""

    def __init__(self, path: Path, target: str) -> None:
        self.path, self._target = path, target
        self._open: set[socket.socket] = set()
        self._door = self._listen()

    def __enter__(self) -> Proxy:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._shut()

    def away(self, seconds: float) -> None:
        """Break every connection, and refuse all new ones for a while."""
        self._shut()
        time.sleep(seconds)
        self._door = self._listen()

    def _listen(self) -> socket.socket:
        door = socket.socket(socket.AF_UNIX)
        door.bind(str(self.path))
        door.listen()
        threading.Thread(target=self._serve, args=(door,), daemon=True).start()
        return door

    def _shut(self) -> None:
        self.path.unlink()
        for end in (self._door, *self._open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)  # wakes the threads that wait in it
            end.close()
        self._open.clear()

    def _serve(self, door: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = door.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._target)
                self._open |= {client, server}
                for source, sink in ((client, server), (server, client)):
                    threading.Thread(target=_pass_on, args=(source, sink), daemon=True).start()


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
