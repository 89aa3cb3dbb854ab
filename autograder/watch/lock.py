"""One watch at a time: two would answer everything twice (flock(2), which ends with its process)."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from autograder import files
from autograder.errors import AutograderError


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder of answers alone. Raises AutograderError where another holds it, or it takes nothing."""
    files.try_to_write(folder)
    descriptor = os.open(folder / ".watch.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AutograderError(
                f"Another 'autograder watch' keeps its answers in {folder}: end that first."
            ) from None
        files.remove_drafts(folder)
        yield
    finally:
        os.close(descriptor)
