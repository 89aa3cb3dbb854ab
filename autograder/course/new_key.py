"""Writes the secret key of an assignment, from which all its seeds are derived (course/seeds.py)."""

from __future__ import annotations

import stat
from pathlib import Path

from autograder import files
from autograder.course.seeds import KEY, fresh_key


def write_new_key(checks: Path) -> Path:
    """Write a new key into the folder `checks`, whole or not at all; return its path. Raises NotWritten.

    A key that was not there is for its owner's eyes; one that is replaced keeps its permissions.
    """
    path = checks / KEY
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        mode = 0o600
    files.write(path, fresh_key(), mode)
    return path
