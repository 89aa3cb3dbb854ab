"""Scratch folder: a worker writes into a folder of its own, which is small and is wiped after it.

That stops: filling the disk with bytes or with files, and finding or leaving anything for others.
"""

from __future__ import annotations

import ctypes
import os
import secrets
from pathlib import Path

from autograder import limits

_CLONE_NEWNS = 0x00020000
_MS_NOSUID, _MS_NODEV, _MS_REC, _MS_PRIVATE = 2, 4, 1 << 14, 1 << 18


def mount(folder: Path) -> None:
    """Put an empty file system in memory there, with limits on bytes and on files (tmpfs(5)).

    Only this process and its children see it: they get a mount namespace of their own first
    (mount_namespaces(7)). Needs CAP_SYS_ADMIN. Raises OSError.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    refused = (
        libc.unshare(_CLONE_NEWNS)
        or libc.mount(None, b"/", None, _MS_REC | _MS_PRIVATE, None)
        or libc.mount(
            b"tmpfs",
            os.fsencode(folder),
            b"tmpfs",
            _MS_NOSUID | _MS_NODEV,
            limits.SCRATCH.encode(),
        )
    )
    if refused:
        raise OSError(ctypes.get_errno(), f"no file system could be mounted at {folder}")


def remove(folder: Path) -> None:
    """Remove `folder` with all in it; to be called as the user who owns it.

    Folders that forbid even their owner are opened first. What lies deep is moved up level by level, so
    that neither a path nor the stack grows with the depth.
    """
    folder.chmod(0o700)
    while entries := list(os.scandir(folder)):
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _flatten(Path(entry.path), folder)
            else:
                os.unlink(entry.path)
    folder.rmdir()


def _flatten(inner: Path, folder: Path) -> None:
    """Move what is in `inner` to `folder`, under names that nobody can have taken, and remove `inner`."""
    inner.chmod(0o700)
    for entry in list(os.scandir(inner)):
        if entry.is_dir(follow_symlinks=False):
            os.chmod(entry.path, 0o700)  # moving a folder changes its own entry ".."
        os.rename(entry.path, folder / secrets.token_hex(16))
    inner.rmdir()
