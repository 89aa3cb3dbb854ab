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


class _Condition(ctypes.Structure):
    """struct scmp_arg_cmp: one argument compared."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("comparison", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


class Rule(NamedTuple):
    """A call that is allowed where one argument, as far as `mask` shows it, equals `value`."""

    call: str
    argument: int
    value: int
    mask: int | None = None


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
            _add(library, filter_, _ALLOW, rule.call, [_condition(rule)])
        # Its flags lie in memory, out of a filter's sight; libc falls back to clone.
        _add(library, filter_, _ERRNO | errno.ENOSYS, "clone3", [])
        _checked(library.seccomp_load(filter_))
    finally:
        library.seccomp_release(filter_)


def rules(pid: int) -> tuple[Rule, ...]:
    """Return the calls whose arguments matter, for the process `pid`."""
    # Memory that is shared and of no file, and memory that grows as a stack does, count for no limit.
    kinds = _MAP_SHARED | _MAP_ANONYMOUS | _MAP_GROWSDOWN
    return (
        Rule("mmap", 3, 0, kinds),
        Rule("mmap", 3, _MAP_SHARED, kinds),
        Rule("mmap", 3, _MAP_ANONYMOUS, kinds),
        Rule("clone", 0, _CLONE_THREAD, _CLONE_THREAD | _CLONE_NEW_NAMESPACES),
        Rule("kill", 0, pid),
        Rule("tgkill", 0, pid),
        Rule("prlimit64", 0, 0),  # of the caller itself
        *(Rule("prctl", 0, option) for option in _PROCESS_OPTIONS),
        *(Rule("fcntl", 1, command) for command in _FILE_COMMANDS),
        *(Rule("ioctl", 1, command) for command in _DEVICE_COMMANDS),
    )


def _condition(rule: Rule) -> _Condition:
    if rule.mask is None:
        return _Condition(rule.argument, _EQUAL, rule.value, 0)
    return _Condition(rule.argument, _MASKED_EQUAL, rule.mask, rule.value)


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
