"""Removing what a worker left in its folder, whatever its student did to keep it there."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


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
