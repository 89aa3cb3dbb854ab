"""Kill that is complete: every process that a worker left is gone before the next one starts.

The warm parent is the subreaper of its session (prctl(2), PR_SET_CHILD_SUBREAPER), so whatever a worker
starts, double forks and new sessions included, stays among the parent's descendants.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36


def adopt_orphans() -> None:
    """Make this process the one that orphans among its descendants fall back to."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel refused to make the parent a subreaper")


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends, however it ends (PR_SET_PDEATHSIG).

    A change of user clears it, so it comes after that.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel refused to tie a process to its parent")


def kill_all_but(trusted: set[int]) -> None:
    """Kill and collect every descendant of this process outside the families of the pids `trusted`."""
    while victims := _descendants(os.getpid(), trusted):
        for pid in victims:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _collect(victims)


def strangers(trusted: set[int]) -> set[int]:
    """Return every process that is neither this one, nor above it, nor of the families of `trusted`."""
    parents = dict(_processes())
    ours = set(trusted)
    pid = os.getpid()
    while pid:
        ours.add(pid)
        pid = parents.get(pid, 0)
    for pid in trusted:
        ours |= _descendants(pid, set())
    return set(parents) - ours


def _collect(pids: set[int]) -> None:
    for pid in pids:
        with contextlib.suppress(
            ChildProcessError
        ):  # a grandchild: falls to us once its parent is gone
            os.waitpid(pid, 0)


def _descendants(root: int, trusted: set[int]) -> set[int]:
    children: dict[int, list[int]] = {}
    for pid, parent in _processes():
        children.setdefault(parent, []).append(pid)
    found: set[int] = set()
    queue = [root]
    while queue:
        fresh = [pid for pid in children.get(queue.pop(), ()) if pid not in trusted | found]
        found.update(fresh)
        queue.extend(fresh)
    return found


def _processes() -> list[tuple[int, int]]:
    """Return (pid, parent's pid) of all that /proc shows (proc_pid_stat(5): fields 1 and 4).

    Field 2 is a name that the process chose, of any bytes.
    """
    pairs = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (folder / "stat").read_bytes().rpartition(b")")[2].split()
                pairs.append((int(folder.name), int(fields[1])))
    return pairs
