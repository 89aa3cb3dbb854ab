"""Leftovers: proof that a worker is gone, sought where its kind of thing can lie.

Every mechanism that keeps a worker from leaving something stands elsewhere. This looks whether they held:
a session in which anything is found is replaced.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from autograder.sandbox import reaper

_SHARED = (Path("/dev/shm"), Path("/dev/mqueue"), Path("/var/tmp"))
_SYSTEM_V = {"shm": 7, "sem": 4, "msg": 7}  # /proc/sysvipc: the column of the owner's uid


class Leftovers:
    """Knows what was there before the first worker; `trusted` are the pids of the trusted side."""

    def __init__(self, scratch: Path, trusted: set[int]) -> None:
        self._scratch, self._trusted = scratch, trusted
        # first in a process namespace, or second behind bubblewrap: no other program shares ours
        self._alone = os.getpid() <= 2
        self._known: frozenset[str] = frozenset()

    def remember(self) -> None:
        """Take what there is now as ours."""
        self._known = frozenset(self._seen())

    def found(self) -> bool:
        """Tell whether anything is there that was not."""
        return not self._known.issuperset(self._seen())

    def _seen(self) -> Iterator[str]:
        yield from _files(self._scratch)
        if not self._alone:
            return
        for folder in _SHARED:
            yield from _files(folder)
        for kind, column in _SYSTEM_V.items():
            yield from _objects(Path("/proc/sysvipc") / kind, column)
        yield from (f"process {pid}" for pid in reaper.strangers(self._trusted))


def _files(folder: Path) -> Iterator[str]:
    with contextlib.suppress(OSError):
        yield from (entry.path for entry in os.scandir(folder))


def _objects(table: Path, column: int) -> Iterator[str]:
    with contextlib.suppress(OSError):
        for line in table.read_text().splitlines()[1:]:
            fields = line.split()
            yield f"{table.name} {fields[1]} of {fields[column]}"
