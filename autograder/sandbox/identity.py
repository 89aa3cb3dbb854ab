"""uid: a worker may touch no file and no process of the trusted side (setresuid(2), credentials(7))."""

from __future__ import annotations

import os
from pathlib import Path

TRUSTED_UID = 900
FIRST_WORKER_UID = 20_000


def can_change(*needed: Path) -> bool:
    """Tell whether processes here can run under uids of their own and still read the folders `needed`."""
    return os.getuid() == 0 and _has_setuid() and all(_open_to_all(path) for path in needed)


def become(uid: int) -> None:
    """Give up the present user and groups for good."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _has_setuid() -> bool:
    """Read CAP_SETUID (7) and CAP_SETGID (6) from this process's effective set (capabilities(7))."""
    status = Path("/proc/self/status").read_text()
    effective = int(status.partition("CapEff:")[2].split()[0], 16)
    return effective & 0b1100_0000 == 0b1100_0000


def _open_to_all(path: Path) -> bool:
    """Tell whether every folder from the root to `path` may be searched by any user."""
    resolved = path.resolve()
    return all(folder.stat().st_mode & 0o001 for folder in (resolved, *resolved.parents))
