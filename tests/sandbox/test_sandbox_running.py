"""Claims about a worker as its parent sees it: what it prints is capped, and how it ended is known."""

import contextlib
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from autograder import limits
from autograder.protocol.control import Ending
from autograder.sandbox import reaper
from autograder.sandbox.running import Running


def burn_processor_time() -> None:
    """As a loop does that never ends."""
    resource.setrlimit(resource.RLIMIT_CPU, (2, 2))
    while True:
        pass


def print_without_end() -> None:
    """Large pieces, and no end of line."""
    while True:
        os.write(1, b"x" * 65536)


def run_out_of_memory_in_c() -> None:
    """As C++ ends a process that gets no memory."""
    os.write(2, b"terminate called after throwing an instance of 'std::bad_alloc'\n")
    os.abort()


def stop() -> None:
    """Stand still; nothing short of SIGKILL moves it."""
    os.kill(os.getpid(), signal.SIGSTOP)


@pytest.fixture
def start() -> Iterator[Callable[[Callable[[], object]], Running]]:
    """Forks a worker that runs a function and then ends."""
    started = []

    def start(body: Callable[[], object]) -> Running:
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            for standard in (1, 2):
                os.dup2(writing, standard)
            try:
                body()
            finally:
                os._exit(0)
        os.close(writing)
        started.append((pid, Running(pid, reading)))
        return started[-1][1]

    yield start
    for pid, worker in started:
        worker.close()
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


@pytest.mark.parametrize(
    ("body", "ending"),
    [
        (lambda: None, Ending.EXITED),
        (lambda: os._exit(3), Ending.EXITED),
        (lambda: os.kill(os.getpid(), signal.SIGSEGV), Ending.SIGNAL),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), Ending.SIGNAL),
        (os.abort, Ending.SIGNAL),
        (run_out_of_memory_in_c, Ending.MEMORY),
        (print_without_end, Ending.OUTPUT),
        (stop, Ending.RUNS),
    ],
    ids=[
        "returns", "exits", "crashes", "kills itself", "aborts", "out of memory", "prints without end",
        "stands still",
    ],
)  # fmt: skip
def test_how_a_worker_ended_is_known(
    body: Callable[[], object], ending: Ending, start: Callable[..., Running]
):
    """From its status and the pipe, never from what it says in so many words."""
    worker = start(body)
    assert worker.ending() == ending
    assert worker.ending() == ending


def test_processor_time_is_told_from_other_ends(
    start: Callable[..., Running], monkeypatch: pytest.MonkeyPatch
):
    """The kernel ends it by a signal; the time that it used says why."""
    monkeypatch.setattr(limits, "WORKER_CPU_SECONDS", 2)
    worker = start(burn_processor_time)
    while (ending := worker.ending()) == Ending.RUNS:
        time.sleep(0.01)
    assert ending == Ending.PROCESSOR_TIME


def test_what_a_worker_prints_is_read_and_forgotten(start: Callable[..., Running]):
    """Ten megabytes pass through a pipe of 64 kilobytes and stay nowhere."""
    worker = start(lambda: os.write(1, b"x" * 10**7))
    while worker.output >= 0:
        worker.listen()
    assert worker.ending() == Ending.EXITED
    assert sys.getsizeof(worker._tail) < 10**4


def test_strangers_are_seen(start: Callable[..., Running]):
    """A process that is neither ours nor above us is found; the families of the trusted are not."""
    start(stop)
    seen = reaper.strangers(set())
    assert os.getpid() not in seen
    assert os.getppid() not in seen
    child = next(
        pid for pid, parent in reaper._processes() if parent == os.getpid() and pid in seen
    )
    assert child not in reaper.strangers({child})


def test_the_first_bytes_that_it_printed_are_told_once(start: Callable[..., Running]):
    """How many there were, too; what it prints afterwards is told the next time."""
    reading, writing = os.pipe()

    def print_twice() -> None:
        os.write(1, b"a" * 10_000)
        os.read(reading, 1)
        os.write(1, b"b")

    worker = start(print_twice)
    seen = 0
    while seen < 10_000:
        count, first = worker.printed()
        assert set(first) <= set(b"a")
        seen += count
    assert worker.printed() == (0, b"")
    os.write(writing, b"x")
    assert worker.ending() is Ending.EXITED
    assert worker.printed() == (1, b"b")
    os.close(reading)
    os.close(writing)


def test_of_much_that_it_printed_four_kilobytes_are_kept(start: Callable[..., Running]):
    """Enough to read, too little to fill anything."""
    worker = start(lambda: os.write(1, b"a" * 30_000))
    assert worker.ending() is Ending.EXITED
    assert worker.printed() == (30_000, b"a" * 4096)
