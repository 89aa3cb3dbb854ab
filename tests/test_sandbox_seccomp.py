"""Claims about the system call filter, made by real forks that try what it refuses."""

import ctypes
import os
import resource
import socket
import threading
from collections.abc import Callable

import pytest

from autograder.sandbox import landlock, seccomp
from tests.forks import attempt, in_fork

LIBC = ctypes.CDLL(None, use_errno=True)
Unless = Callable[[bool, str], None]
CLONE_NEWUSER = 0x10000000
SYS_PTRACE_TRACEME, SYS_PROCESS_VM_READV, SYS_IO_URING_SETUP = 101, 310, 425


@pytest.fixture(autouse=True)
def filtered(unless: Unless) -> None:
    """For what the filter does."""
    unless(seccomp.available(), "the system call filter is not written for this machine")


def _call(name: str, *arguments: int) -> None:
    if getattr(LIBC, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)


def _behind_the_filter(body: Callable[[], object]) -> object:
    def filtered_body() -> object:
        landlock.no_new_privileges()
        seccomp.apply()
        return body()

    return in_fork(filtered_body)


@pytest.mark.parametrize(
    "action",
    [
        pytest.param(lambda: _call("shmget", 0, 4096, 0o1600), id="shared memory"),
        pytest.param(lambda: _call("semget", 0, 1, 0o1600), id="semaphores"),
        pytest.param(lambda: _call("msgget", 0, 0o1600), id="message queues"),
        pytest.param(socket.socket, id="sockets"),
        pytest.param(lambda: _call("unshare", CLONE_NEWUSER), id="namespaces"),
        pytest.param(lambda: _call("syscall", SYS_PTRACE_TRACEME, 0), id="ptrace"),
        pytest.param(lambda: _call("syscall", SYS_IO_URING_SETUP, 1, 0), id="io_uring"),
        pytest.param(
            lambda: _call("syscall", SYS_PROCESS_VM_READV, os.getppid(), 0, 0, 0, 0, 0),
            id="memory of others",
        ),
        pytest.param(
            lambda: resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE),
            id="limits of others",
        ),
    ],
)
def test_what_reaches_beyond_the_process_is_refused(action: Callable[[], object]):
    """With EPERM, whatever user asks: this very process may do most of it."""
    assert _behind_the_filter(lambda: attempt(action)) in ("EPERM", "PermissionError")


def test_what_python_needs_goes_on():
    """Threads, processes, pipes and the process's own limits work behind the filter."""

    def ordinary() -> list[int]:
        done = []
        thread = threading.Thread(target=lambda: done.append(1))
        thread.start()
        thread.join()
        pid = os.fork()
        if pid == 0:
            os._exit(2)
        done.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        left, right = socket.socketpair()
        left.send(b"x")
        done.append(len(right.recv(1)) + 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        return done

    assert _behind_the_filter(ordinary) == [1, 2, 3]
