"""A shared folder: ``<student>/<assignment>/*.ipynb`` or ``<student>.ipynb``, and feedback beside them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.watch.arrival import Arrival, IsAnswered
from autograder.watch.safe_files import Spot

_NOTEBOOK = ".ipynb"


@dataclass(frozen=True)
class SharedFolder:
    """The folder, and the assignment that is looked for in it."""

    folder: Path
    assignment: str

    def arrivals(self, is_answered: IsAnswered) -> Iterator[Arrival]:
        """See Layout. What lies there may change at any time, so all of it is looked at."""
        with os.scandir(self.folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            if entry.name.startswith("."):
                continue
            if _is_notebook(entry):
                try:
                    state = _state([entry])
                except FileNotFoundError:  # taken away at this moment
                    continue
                student = entry.name[: -len(_NOTEBOOK)]
                spot = Spot(self.folder)
                yield Arrival(entry.name, state, student, spot, (entry.name,), state)
            elif entry.is_dir(follow_symlinks=False):
                yield from self._of_student(entry.name)

    def _of_student(self, student: str) -> Iterator[Arrival]:
        spot = Spot(self.folder, (student, self.assignment))
        try:
            with spot.opened() as folder, os.scandir(folder) as entries:
                found = sorted(filter(_is_notebook, entries), key=lambda entry: entry.name)
                state = _state(found)
        except OSError:  # nothing handed in, no folder, or not ours to read
            return
        if found:
            names = tuple(entry.name for entry in found)
            yield Arrival(f"{student}/{self.assignment}", state, student, spot, names, state)

    def put(self, arrival: Arrival, notebook: Path, text: str) -> Path:
        """See Layout. The file is its notebook's owner's where we may give it away, else all may read it."""
        is_one = notebook.name in arrival.names
        name = f"{notebook.stem if is_one else self.assignment}.feedback.txt"
        owner, mode = None, 0o644
        if os.geteuid() == 0 and is_one:
            with arrival.spot.opened() as folder:
                status = os.stat(notebook.name, dir_fd=folder, follow_symlinks=False)
            owner, mode = (status.st_uid, status.st_gid), 0o600
        arrival.spot.put(name, text, mode, owner)
        return arrival.spot.path / name


def _is_notebook(entry: os.DirEntry[str]) -> bool:
    return entry.name.lower().endswith(_NOTEBOOK) and not entry.name.startswith(".")


def _state(entries: list[os.DirEntry[str]]) -> str:
    """Return what changes with each change of these files, as far as a look from outside tells."""
    parts = []
    for entry in entries:
        status = entry.stat(follow_symlinks=False)
        parts.append(f"{entry.name}\0{status.st_size}\0{status.st_mtime_ns}\0{status.st_ino}")
    return "\n".join(parts)
