"""Privileges: capabilities given up (capset(2)), and no_new_privs (prctl(2)).

They stop: whatever only root may do, even where a worker's user is root; and every way to gain it back, as
no setuid program and no file capability has an effect any more.
"""

from __future__ import annotations

import ctypes
import struct
from pathlib import Path

KILL, SETGID, SETUID, SYS_ADMIN = 5, 6, 7, 21  # capabilities(7)
_CAPABILITY_VERSION_3 = 0x20080522
_PR_SET_NO_NEW_PRIVS = 38


def has(*capabilities: int) -> bool:
    """Tell whether all of them are in this process's effective set."""
    return all(_held() >> number & 1 for number in capabilities)


def any_left() -> bool:
    """Tell whether any capability is in one of this process's sets (capget(2)), which needs no /proc."""
    header = ctypes.create_string_buffer(struct.pack("Ii", _CAPABILITY_VERSION_3, 0))
    sets = ctypes.create_string_buffer(24)
    ctypes.CDLL(None).capget(header, sets)
    return any(sets.raw)


def keep_only(*capabilities: int) -> None:
    """Give up every capability but those that are both named and held."""
    kept = _held() & sum(1 << number for number in capabilities)
    low = kept & 0xFFFFFFFF
    header = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
    sets = struct.pack("6I", low, low, 0, kept >> 32, kept >> 32, 0)
    if ctypes.CDLL(None, use_errno=True).capset(header, sets):
        raise OSError(ctypes.get_errno(), "the kernel refused to drop capabilities")


def no_new_privileges() -> None:
    """Set no_new_privs, for this process and all its children, for good."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs was refused")


def _held() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("CapEff:")[2].split()[0], 16)
