"""Copies what students get into the folder where they work. A file that is there already stays as it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

# What working leaves behind, and what is uploaded to an LMS.
LEFT_OUT = ("__pycache__", ".ipynb_checkpoints")
ZIP = ".zip"


def copy_missing(release: Path, work: Path) -> list[Path]:
    """Copy each file of `release` that `work` does not have; return those, relative to both.

    Raises OSError where the folder takes no files; what was copied by then is whole.
    """
    return [name for name in _files(release) if _copied(release / name, work / name)]


def _files(release: Path) -> Iterator[Path]:
    for folder, below, names in os.walk(release):
        below[:] = sorted(set(below).difference(LEFT_OUT))
        for name in sorted(names):
            if not name.endswith(ZIP):
                yield (Path(folder) / name).relative_to(release)


def _copied(source: Path, target: Path) -> bool:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.open("xb")  # refuses whatever is there: a file, a folder, a link
    except (FileExistsError, NotADirectoryError):
        return False
    try:
        with draft, source.open("rb") as content:
            shutil.copyfileobj(content, draft)
    except BaseException:
        target.unlink()  # half a file would count as the student's own from now on
        raise
    return True
