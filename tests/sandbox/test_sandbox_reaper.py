"""Claims about the end of a worker: whatever it started, however it hides, is gone with it."""

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox import reaper
from tests.helpers.forks import in_fork

PR_SET_NAME = 15


def child(body: Callable[[], None]) -> int:
    """Fork a process that runs `body` and then waits for its end."""
    pid = os.fork()
    if pid == 0:
        try:
            body()
            while True:
                signal.pause()
        finally:
            os._exit(0)
    return pid


def announce(path: Path) -> None:
    """Leave this process's id in a file."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(str(os.getpid()))
    draft.rename(path)


def announced(path: Path) -> int:
    """Wait for an id to be announced."""
    while not path.exists():
        time.sleep(0.001)
    return int(path.read_text())


def runs(pid: int) -> bool:
    """Tell whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] not in b"ZX"
    except FileNotFoundError:
        return False


def children() -> str:
    """Say whether this process has any child, alive or a zombie; orphans are its children, too."""
    with contextlib.suppress(ChildProcessError):
        return str(os.waitpid(-1, os.WNOHANG))
    return "none is left"


def plain(path: Path) -> None:
    """Just wait."""
    announce(path)


def stubborn(path: Path) -> None:
    """Ignore what can be ignored."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    announce(path)


def stopped(path: Path) -> None:
    """Stand still, so that nothing can be delivered."""
    announce(path)
    os.kill(os.getpid(), signal.SIGSTOP)


def daemon(path: Path) -> None:
    """Fork twice, in a session of its own, and leave the parents dead."""
    if os.fork():
        os._exit(0)
    os.setsid()
    if os.fork():
        os._exit(0)
    announce(path)


def renamed(path: Path) -> None:
    """Take a name that is no text and looks like the rest of a line in /proc."""
    ctypes.CDLL(None).prctl(PR_SET_NAME, b"\xff\xfe) Z 1 1", 0, 0, 0)
    announce(path)


def grandparent(path: Path) -> None:
    """Have a child of one's own and stay alive above it."""
    child(lambda: announce(path))


@pytest.mark.parametrize("hide", [plain, stubborn, stopped, daemon, renamed, grandparent])
def test_every_descendant_is_killed(hide: Callable[[Path], None], tmp_path: Path):
    """Whatever it does with its parents, its session and its signals."""
    path = tmp_path / "pid"

    def body() -> list[bool]:
        reaper.adopt_orphans()
        child(lambda: hide(path))
        pid = announced(path)
        before = runs(pid)
        reaper.kill_all_but(set())
        return [before, runs(pid)]

    assert in_fork(body) == [True, False]


def test_nothing_of_it_stays_as_a_zombie():
    """Process ids are few where a container counts them."""

    def body() -> str:
        reaper.adopt_orphans()
        for _ in range(5):
            child(lambda: None)
        reaper.kill_all_but(set())
        return children()

    assert in_fork(body) == "none is left"


def test_the_trusted_and_their_children_live_on(tmp_path: Path):
    """The checker grades in a fork of its own, while workers come and go."""

    def body() -> list[bool]:
        reaper.adopt_orphans()
        trusted = child(lambda: grandparent(tmp_path / "inner"))
        untrusted = child(lambda: None)
        inner = announced(tmp_path / "inner")
        reaper.kill_all_but({trusted})
        found = [runs(trusted), runs(inner), runs(untrusted)]
        reaper.kill_all_but(set())
        return found

    assert in_fork(body) == [True, True, False]


def test_many_processes_are_killed_while_they_multiply(tmp_path: Path):
    """Each has children that have children, up to the limit that a worker has."""

    def multiply() -> None:
        slots = tmp_path / "slots"
        for number in range(60):
            with contextlib.suppress(FileExistsError):
                (slots / str(number)).touch(exist_ok=False)
                child(multiply)

    def body() -> str:
        reaper.adopt_orphans()
        (tmp_path / "slots").mkdir()
        child(multiply)
        announced_by = tmp_path / "slots" / "9"
        while not announced_by.exists():
            time.sleep(0.001)
        reaper.kill_all_but(set())
        return children()

    assert in_fork(body) == "none is left"


def test_a_process_that_runs_from_fork_to_fork_is_caught(tmp_path: Path):
    """Its id is another one whenever somebody looks."""
    program = tmp_path / "comet.sh"
    program.write_text(f"echo >> {tmp_path}/alive\nsh {program} &\n")

    def body() -> bool:
        reaper.adopt_orphans()
        child(lambda: os.execv("/bin/sh", ["sh", str(program)]))
        while not (tmp_path / "alive").exists():
            time.sleep(0.001)
        reaper.kill_all_but(set())
        before = (tmp_path / "alive").stat().st_size
        time.sleep(0.3)
        return (tmp_path / "alive").stat().st_size == before

    caught = in_fork(body)
    program.unlink()
    assert caught
