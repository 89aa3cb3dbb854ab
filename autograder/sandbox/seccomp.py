"""seccomp: system calls that no notebook needs, and that reach beyond the worker's own process.

A classic BPF program (seccomp(2)) refuses them with EPERM. Numbers are those of x86-64, the only machine
that it is written for so far; elsewhere `available` says no, and the other walls stand alone.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_ARCH_X86_64, _X32_BIT = 0xC000003E, 0x40000000
_ALLOW, _ERRNO, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data

# What outlives a process and belongs to no folder: memory, semaphores and queues of System V and POSIX.
_IPC = (29, 30, 31, 64, 65, 66, 67, 68, 69, 70, 71, 220, 240)
# ptrace, process_vm_readv, process_vm_writev, kcmp, pidfd_getfd: other processes' memory and files.
_OTHERS = (101, 310, 311, 312, 438)
# mount, umount2, pivot_root, chroot, unshare, setns, personality: another view of the system.
_VIEWS = (165, 166, 155, 161, 272, 308, 135)
# socket; keyrings; bpf, perf_event_open, io_uring, userfaultfd: much kernel behind one door.
_DOORS = (41, 248, 249, 250, 321, 298, 425, 426, 427, 323)
_CLONE, _CLONE3, _PRLIMIT = 56, 435, 302
_NEW_NAMESPACES = 0x7E020000  # every CLONE_NEW* flag of clone(2)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def available() -> bool:
    """Tell whether the filter is written for this machine."""
    return platform.machine() == "x86_64"


def apply() -> None:
    """Filter this process's system calls, and its children's, for good. Needs no_new_privs."""
    code = b"".join(_instructions())
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program), 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel refused the seccomp filter")


def _instructions() -> list[bytes]:
    refuse = _step(_RETURN, _ERRNO | errno.EPERM)
    allow = _step(_RETURN, _ALLOW)
    steps = [
        _step(_LOAD, _ARCH),
        _step(_EQUAL, _ARCH_X86_64, 1, 0),
        _step(_RETURN, _KILL_PROCESS),
        _step(_LOAD, _NUMBER),
        _step(_AT_LEAST, _X32_BIT, 0, 1),
        refuse,
        _step(
            _EQUAL, _CLONE3, 0, 1
        ),  # its flags lie in memory, out of a filter's sight; libc uses clone
        _step(_RETURN, _ERRNO | errno.ENOSYS),
    ]
    for number in (*_IPC, *_OTHERS, *_VIEWS, *_DOORS):
        steps += [_step(_EQUAL, number, 0, 1), refuse]
    steps += [
        _step(_EQUAL, _CLONE, 0, 4),
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(_ANY_BIT, _NEW_NAMESPACES, 0, 1),
        refuse,
        allow,
        _step(_EQUAL, _PRLIMIT, 0, 3),  # of another process; 0 is the caller itself
        _step(_LOAD, _FIRST_ARGUMENT),
        _step(_EQUAL, 0, 1, 0),
        refuse,
        allow,
    ]
    return steps


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """Return one instruction: struct sock_filter of linux/filter.h."""
    return struct.pack("HBBI", code, if_true, if_false, value)
