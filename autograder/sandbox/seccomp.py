"""seccomp: a worker makes the system calls of a notebook that computes, and no others (seccomp(2)).

It stops: new processes and programs, sockets, ptrace, other processes' memory and limits, signals to
others, namespaces, mounts, keyrings, bpf, io_uring, IPC objects, and memory that no limit counts. What is
not allowed answers EPERM. libseccomp(3) writes the filter, for whatever processor this is.
"""

from __future__ import annotations

import ctypes
import errno
import os
from functools import cache
from typing import NamedTuple

from autograder.sandbox.system_calls import ALLOWED

_ALLOW, _ERRNO, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
_EQUAL, _MASKED_EQUAL = 4, 7
_OTHER_ARCHITECTURE, _OPTIMIZE, _BINARY_TREE = 2, 8, 2
_UNKNOWN = -1

_MAP_SHARED, _MAP_ANONYMOUS, _MAP_GROWSDOWN = 0x01, 0x20, 0x100
_CLONE_THREAD = 0x00010000
_CLONE_NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW* flag of clone(2)
# Names of threads and of memory, and a question: PR_SET_NAME, _GET_NAME, _SET_VMA, _GET_NO_NEW_PRIVS.
_PROCESS_OPTIONS = (15, 16, 0x53564D41, 39)
# Copies, flags and locks (fcntl(2)); not F_SETOWN, F_SETSIG and the like, which send signals to others.
_FILE_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)
# Is it a terminal, how wide, how much is there, close at exec, do not block (ioctl_tty(2), ioctl(2)).
_DEVICE_COMMANDS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# Which argument has the flags of a message; out-of-band data is a door that nobody needs (send(2)).
_MESSAGES = {"sendto": 3, "recvfrom": 3, "sendmsg": 2, "recvmsg": 2}
_MSG_OOB = 1


class _Condition(ctypes.Structure):
    """struct scmp_arg_cmp: one argument compared."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("comparison", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


class Argument(NamedTuple):
    """That an argument, counted from 0, equals `value` as far as `mask` shows it."""

    number: int
    value: int
    mask: int | None = None


class Rule(NamedTuple):
    """A call that is allowed where all that is said of its arguments holds."""

    call: str
    arguments: tuple[Argument, ...]


def available() -> bool:
    """Tell whether libseccomp is installed."""
    return _library() is not None


def apply() -> None:
    """Filter this process's system calls, for good. Needs no_new_privs; raises OSError where refused."""
    library = _library()
    if library is None:
        raise OSError(errno.ENOSYS, "libseccomp is not installed")
    filter_ = ctypes.c_void_p(library.seccomp_init(_ERRNO | errno.EPERM))
    try:
        # Left to itself, libseccomp would end the one thread, and leave its process hanging.
        library.seccomp_attr_set(filter_, _OTHER_ARCHITECTURE, _KILL_PROCESS)
        library.seccomp_attr_set(filter_, _OPTIMIZE, _BINARY_TREE)
        for name in ALLOWED:
            _add(library, filter_, _ALLOW, name, [])
        for rule in rules(os.getpid()):
            _add(library, filter_, _ALLOW, rule.call, list(map(_condition, rule.arguments)))
        # Its flags lie in memory, out of a filter's sight; libc falls back to clone.
        _add(library, filter_, _ERRNO | errno.ENOSYS, "clone3", [])
        _checked(library.seccomp_load(filter_))
    finally:
        library.seccomp_release(filter_)


def rules(pid: int) -> tuple[Rule, ...]:
    """Return the calls whose arguments matter, for the process `pid`."""
    # Memory that is shared and of no file, and memory that grows as a stack does, count for no limit.
    kinds = _MAP_SHARED | _MAP_ANONYMOUS | _MAP_GROWSDOWN
    thread = Argument(0, _CLONE_THREAD, _CLONE_THREAD | _CLONE_NEW_NAMESPACES)
    return (
        *(Rule("mmap", (Argument(3, kind, kinds),)) for kind in (0, _MAP_SHARED, _MAP_ANONYMOUS)),
        Rule("clone", (thread,)),
        Rule("kill", (Argument(0, pid),)),
        Rule("tgkill", (Argument(0, pid),)),
        # Ask for limits of its own, set none: with a lower limit on addresses, mprotect passes another.
        Rule("prlimit64", (Argument(0, 0), Argument(2, 0))),
        *(Rule("prctl", (Argument(0, option),)) for option in _PROCESS_OPTIONS),
        *(Rule("fcntl", (Argument(1, command),)) for command in _FILE_COMMANDS),
        *(Rule("ioctl", (Argument(1, command),)) for command in _DEVICE_COMMANDS),
        *(Rule(call, (Argument(flags, 0, _MSG_OOB),)) for call, flags in _MESSAGES.items()),
    )


def _condition(argument: Argument) -> _Condition:
    if argument.mask is None:
        return _Condition(argument.number, _EQUAL, argument.value, 0)
    return _Condition(argument.number, _MASKED_EQUAL, argument.mask, argument.value)


def _add(
    library: ctypes.CDLL,
    filter_: ctypes.c_void_p,
    action: int,
    name: str,
    conditions: list[_Condition],
) -> None:
    number = library.seccomp_syscall_resolve_name(name.encode())
    if number != _UNKNOWN:
        array = (_Condition * len(conditions))(*conditions)
        _checked(library.seccomp_rule_add_array(filter_, action, number, len(conditions), array))


def _checked(result: int) -> None:
    if result < 0:
        raise OSError(-result, f"seccomp: {os.strerror(-result)}")


@cache
def _library() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        return None
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_rule_add_array.argtypes = (
        ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p,
    )  # fmt: skip
    library.seccomp_attr_set.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32)
    library.seccomp_init.argtypes = (ctypes.c_uint32,)
    return library
