"""Writes the secret key of an assignment, from which all its seeds are derived (course/seeds.py)."""

from __future__ import annotations

import stat
from pathlib import Path

from autograder import files
from autograder.course.seeds import KEY, fresh_key


def write_new_key(checks: Path) -> Path:
    """Write a new key into the folder `checks`, whole or not at all; return its path. Raises NotWritten.

    A key that is replaced keeps its permissions. One that was not there is as readable as the checks beside
    it: where sessions run as a user of their own, that user must read both.
    """
    path = checks / KEY
    mode = stat.S_IMODE(path.stat().st_mode) if path.is_file() else None
    files.write(path, fresh_key(), mode)
    return path
