"""Which files of a folder git has: a release holds those, and nothing that running the master left."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_GIT = ("git", "-c", "safe.directory=*", "-c", "core.fsmonitor=false", "ls-files", "-z", "--cached")
_NEW = ("--others", "--exclude-standard")


def files(source: Path) -> frozenset[str] | None:
    """The files below `source` that git tracks, relative to it; None where git knows none of its notebooks.

    An assignment whose notebook was not added yet is a new one: then all its files count that git does
    not ignore.
    """
    for options in ((), _NEW):
        found = _ls_files(source, *options)
        if any(name.endswith(".ipynb") and "/" not in name for name in found):
            return frozenset(found)
    return None


def left_out(present: set[str], tracked: frozenset[str]) -> tuple[str, ...]:
    """What of the files `present` is not tracked, sorted; a folder without a tracked file as `folder/`."""
    known = {folder for name in tracked for folder in _folders(name)}
    return tuple(sorted({_outermost(name, known) for name in present - tracked}))


def _ls_files(source: Path, *options: str) -> list[str]:
    """What git says; nothing where there is no git, or no repository."""
    # A hook of git's runs with variables that name another index or folder.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            [*_GIT, *options], cwd=source, env=environment, capture_output=True, check=False
        )
    except OSError:
        return []
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]


def _folders(name: str) -> list[str]:
    """The folders that a file lies in, the outermost first, each with a slash at its end."""
    parts = name.split("/")
    return ["/".join(parts[:depth]) + "/" for depth in range(1, len(parts))]


def _outermost(name: str, known: set[str]) -> str:
    return next((folder for folder in _folders(name) if folder not in known), name)
