"""Environment variables: those that numerical libraries read are set, all others a worker loses.

That stops: reading what the host, its shell or its secrets left in the environment.
"""

from __future__ import annotations

import os
from pathlib import Path

RUNTIME = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # oneDNN searches its kernels anew for every kind of operation: a third of what a worker's first
    # operations cost. Networks of this size compute no faster with it.
    "TF_ENABLE_ONEDNN_OPTS": "0",
    # One thread each: sessions are what runs side by side, sums come out in the same order every time,
    # and the parent has no idle thread that a fork would lose.
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}

_KEPT = {"PATH", "LANG", "LC_ALL", *RUNTIME}
_FOLDERS = ("HOME", "TMPDIR", "MPLCONFIGDIR")
ALLOWED = {*_KEPT, *_FOLDERS, "MPLBACKEND"}  # of a worker


def prepare() -> None:
    """Set them for this process and its forks."""
    os.environ.update(RUNTIME)


def clean(scratch: Path) -> None:
    """Leave this process no variable of ours, and `scratch` as home and as folder for temporary files."""
    for name in set(os.environ) - _KEPT:
        del os.environ[name]
    os.environ.update(dict.fromkeys(_FOLDERS, str(scratch)), MPLBACKEND="agg")
