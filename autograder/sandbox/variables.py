"""Environment variables: those that numerical libraries read are set, all others a worker loses.

That stops: reading what the host, its shell or its secrets left in the environment.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

# One thread each: sessions are what runs side by side, sums come out in the same order every time, and
# the parent has no idle thread that a fork would lose.
_THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_KEPT = {"PATH", "LANG", "LC_ALL", *_THREADS}
_FOLDERS = ("HOME", "TMPDIR", "MPLCONFIGDIR")


def prepare(variables: Mapping[str, str]) -> None:
    """Set them, and those that the assignment names, for this process and its forks."""
    os.environ.update(_THREADS | dict(variables))


def allowed(variables: Mapping[str, str]) -> set[str]:
    """Return the names of all that a worker may have."""
    return {*_KEPT, *variables, *_FOLDERS, "MPLBACKEND"}


def clean(scratch: Path, variables: Mapping[str, str]) -> None:
    """Leave this process no variable of ours, and `scratch` as home and as folder for temporary files."""
    for name in set(os.environ) - _KEPT - set(variables):
        del os.environ[name]
    os.environ.update(dict.fromkeys(_FOLDERS, str(scratch)), MPLBACKEND="agg")
    # An import of the parent may have asked for the folder, and then Python remembers its old answer.
    tempfile.tempdir = None
