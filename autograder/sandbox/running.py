"""One worker as the warm parent sees it: a pid, a capped output pipe, and how it ended.

What a worker prints is counted, and not kept but for its first bytes. That stops: filling a disk, a log or
our memory with output; a worker that prints more than limits.WORKER_OUTPUT is ended.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time

from autograder import limits
from autograder.protocol.control import MOST_PRINTED, Ending
from autograder.sandbox import oom

_PIECE = 65536
_TAIL = 4096
_TIMEOUT = 2.0  # seconds in which a process whose socket has closed becomes a zombie
_PIECES = 4  # more than fit into a pipe
_OUT_OF_MEMORY = (b"bad_alloc", b"MemoryError", b"out of memory", b"OutOfMemory")


class Running:
    """The worker with this pid; `output` is the reading end of its pipe."""

    def __init__(self, pid: int, output: int) -> None:
        self._pid, self.output = pid, output
        self._printed = 0
        self._tail = b""
        self._told, self._head = 0, b""
        self._status: int | None = None
        self._seconds = 0.0
        self._kills = oom.kills()

    def listen(self) -> None:
        """Read what it printed; end it where that is too much. `output` becomes -1 at its end."""
        data = os.read(self.output, _PIECE)
        if not data:
            self.close()
        self._printed += len(data)
        self._tail = (self._tail + data)[-_TAIL:]
        if len(self._head) < MOST_PRINTED:
            self._head += data[: MOST_PRINTED - len(self._head)]
        if self._printed > limits.WORKER_OUTPUT:
            self._kill()

    def printed(self) -> tuple[int, bytes]:
        """Return how many bytes it has printed since this was last asked, and the first of them."""
        for _ in range(_PIECES):
            if self.output < 0 or not any(select.select([self.output], [], [], 0)):
                break
            self.listen()
        found = self._printed - self._told, self._head
        self._told, self._head = self._printed, b""
        return found

    def ending(self) -> Ending:
        """Say how it ended, after a moment if it is about to."""
        deadline = time.monotonic() + _TIMEOUT
        while not self._collect() and time.monotonic() < deadline:
            self._listen_or_wait()
        if self._printed > limits.WORKER_OUTPUT:
            return Ending.OUTPUT
        if self._status is None:
            return Ending.RUNS
        ended_by = -os.waitstatus_to_exitcode(self._status)
        if ended_by == signal.SIGXCPU or self._seconds >= limits.WORKER_CPU_SECONDS - 1:
            return Ending.PROCESSOR_TIME  # the kernel's count and ours differ by a little
        if oom.kills() > self._kills or (ended_by == signal.SIGABRT and self._names_memory()):
            return Ending.MEMORY
        return Ending.SIGNAL if ended_by > 0 else Ending.EXITED

    def close(self) -> None:
        """Let go of the pipe."""
        if self.output >= 0:
            os.close(self.output)
            self.output = -1

    def _names_memory(self) -> bool:
        return any(words in self._tail for words in _OUT_OF_MEMORY)

    def _kill(self) -> None:
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def _collect(self) -> bool:
        if self._status is None:
            pid, status, usage = os.wait4(self._pid, os.WNOHANG)
            if pid:
                self._status, self._seconds = status, usage.ru_utime + usage.ru_stime
        return self._status is not None

    def _listen_or_wait(self) -> None:
        watched = [self.output] if self.output >= 0 else []
        if any(select.select(watched, [], [], 0.01)):
            self.listen()
