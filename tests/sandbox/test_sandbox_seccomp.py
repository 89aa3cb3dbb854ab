"""Claims about the system call filter, made by real forks that try what it refuses."""

import asyncio
import ctypes
import fcntl
import mmap
import os
import platform
import resource
import signal
import socket
import struct
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox import privileges, seccomp
from autograder.sandbox.system_calls import ALLOWED
from tests.helpers.forks import attempt, in_fork

LIBC = ctypes.CDLL(None, use_errno=True)
Unless = Callable[[bool, str], None]
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
SYS_SETRLIMIT = 160
FIOSETOWN = 0x8901
NEWER_THAN_SOME_LIBRARIES = {"futex_wait", "futex_wake"}
SYS_PTRACE_TRACEME, SYS_PROCESS_VM_READV, SYS_IO_URING_SETUP, SYS_MREMAP = 101, 310, 425, 25


@pytest.fixture(autouse=True)
def filtered(unless: Unless) -> None:
    """For what the filter does."""
    unless(seccomp.available(), "libseccomp is not installed")


def _call(name: str, *arguments: int) -> None:
    if getattr(LIBC, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)


def _behind_the_filter(body: Callable[[], object]) -> object:
    def filtered_body() -> object:
        privileges.no_new_privileges()
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
        pytest.param(os.fork, id="processes"),
        pytest.param(lambda: os.execv("/bin/true", ["true"]), id="programs"),
        pytest.param(lambda: os.kill(os.getppid(), 0), id="signals to the parent"),
        pytest.param(lambda: os.kill(-1, 0), id="signals to everybody"),
        pytest.param(lambda: os.kill(0, 0), id="signals to the group"),
        pytest.param(lambda: os.memfd_create("x"), id="memory in a file of no folder"),
        pytest.param(lambda: mmap.mmap(-1, 4096), id="shared memory of no file"),
        pytest.param(lambda: mmap.mmap(-1, 4096, 0x122), id="memory that grows as a stack"),
        pytest.param(
            lambda: _call("syscall", SYS_MREMAP, 0, 4096, 8192, 1), id="a stack that moves"
        ),
        pytest.param(lambda: os.mkfifo("/tmp/autograder-test-fifo"), id="pipes in folders"),
        pytest.param(lambda: _call("prctl", PR_SET_PDEATHSIG, 0), id="outliving the parent"),
        pytest.param(os.setsid, id="sessions"),
        pytest.param(
            lambda: _call("syscall", SYS_SETRLIMIT, resource.RLIMIT_CORE, 0), id="limits of its own"
        ),
        pytest.param(
            lambda: socket.socketpair()[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 9**9),
            id="buffers of sockets",
        ),
        pytest.param(
            lambda: socket.socketpair()[0].send(b"x", socket.MSG_OOB), id="out-of-band data"
        ),
        pytest.param(lambda: fcntl.fcntl(0, fcntl.F_SETOWN, os.getppid()), id="whom to signal"),
        pytest.param(lambda: fcntl.fcntl(0, fcntl.F_SETSIG, signal.SIGKILL), id="with what"),
        pytest.param(lambda: fcntl.ioctl(0, FIOSETOWN, struct.pack("i", 1)), id="whom, again"),
        pytest.param(lambda: os.nice(1), id="priorities"),
        pytest.param(
            lambda: resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE),
            id="limits of others",
        ),
    ],
)
def test_what_reaches_beyond_the_process_is_refused(action: Callable[[], object]):
    """With EPERM, whatever user asks: this very process may do most of it."""
    assert _behind_the_filter(lambda: attempt(action)) in ("EPERM", "PermissionError")


def test_what_python_needs_goes_on(tmp_path: Path):
    """Threads, pipes, event loops, files mapped and shared, and signals to itself work behind the filter."""
    shared = tmp_path / "shared"
    shared.write_bytes(bytes(4096))

    def ordinary() -> list[int]:
        done = []
        thread = threading.Thread(target=lambda: done.append(1))
        thread.start()
        thread.join()
        left, right = socket.socketpair()
        left.send(b"x")
        done.append(len(right.recv(1)) + 1)
        asyncio.run(asyncio.sleep(0))
        with shared.open("r+b") as file, mmap.mmap(file.fileno(), 4096) as mapped:
            mapped[0] = 3
        done.append(shared.read_bytes()[0])
        signal.signal(signal.SIGUSR1, lambda *_: done.append(4))
        signal.raise_signal(signal.SIGUSR1)
        os.kill(os.getpid(), 0)
        resource.getrlimit(resource.RLIMIT_CORE)
        return done

    assert _behind_the_filter(ordinary) == [1, 2, 3, 4]


def test_calls_as_32_bit_programs_make_them_end_the_whole_process(unless: Unless):
    """Not the calling thread alone: a process without it would hang until its time is up."""
    unless(platform.machine() == "x86_64", "int 0x80 is an instruction of x86")
    pid = os.fork()
    if pid == 0:
        try:
            threading.Thread(target=time.sleep, args=(20,)).start()
            privileges.no_new_privileges()
            seccomp.apply()
            _interrupt()
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == signal.SIGSYS


def _interrupt() -> None:
    """Run the machine code `mov eax, 20; int 0x80; ret`: getpid, as i386 numbers it."""
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.PROT_WRITE | 1 | 4)
    page.write(bytes.fromhex("b814000000 cd80 c3"))
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()


def test_every_name_is_known_to_the_library():
    """A misspelt call would silently stay refused."""
    library = seccomp._library()
    assert library is not None
    unknown = {
        name for name in ALLOWED if library.seccomp_syscall_resolve_name(name.encode()) == -1
    }
    assert unknown <= NEWER_THAN_SOME_LIBRARIES


def test_no_name_stands_twice():
    """Each call is allowed in one place, for one reason."""
    assert len(ALLOWED) == len(set(ALLOWED))
