"""uid: each worker is a user of its own (setresuid(2), credentials(7)).

That stops: touching files and processes of the trusted side, of other workers and of the host.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from autograder.sandbox import privileges

TRUSTED_UID = 900
FIRST_WORKER_UID = 20_000
_PER_SESSION = 1_000
_HIGHEST_UID = 2**31 - 2


def can_change(for_workers: Iterable[Path], for_us: Iterable[Path]) -> bool:
    """Tell whether processes here can run under uids of their own.

    That takes root's power to change them, and folders that can still be reached afterwards:
    `for_workers` by anybody, `for_us` by the trusted uid.
    """
    if os.getuid() != 0 or not privileges.has(privileges.SETUID, privileges.SETGID):
        return False
    ours = all(_reachable(path, TRUSTED_UID) for path in for_us)
    return ours and all(_reachable(path, FIRST_WORKER_UID) for path in for_workers)


def session_uids() -> range:
    """Return the users of this session's workers, which no other session is likely to share.

    The kernel counts a user's processes across containers, so one session's fork bomb would use up
    another's limit if both ran as the same user (setrlimit(2), RLIMIT_NPROC).
    """
    first, _, count = (
        Path("/proc/self/uid_map").read_text().split()[-3:]
    )  # of the last range mapped
    end = min(int(first) + int(count), _HIGHEST_UID)
    slot = secrets.randbelow(max(1, (end - FIRST_WORKER_UID) // _PER_SESSION))
    start = FIRST_WORKER_UID + slot * _PER_SESSION
    return range(start, start + _PER_SESSION)


def become(uid: int) -> None:
    """Give up the present user and groups for good."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _reachable(path: Path, uid: int) -> bool:
    """Tell whether `uid` may search every folder from the root to `path` (path_resolution(7))."""
    folder = path.resolve()
    for status in (place.stat() for place in (folder, *folder.parents)):
        if not status.st_mode & (0o100 if status.st_uid == uid else 0o001):
            return False
    return True
