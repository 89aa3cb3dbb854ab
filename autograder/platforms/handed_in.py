"""Finds the notebook in the folder in which a platform lays down what a student uploaded."""

from __future__ import annotations

import os
from pathlib import Path

from autograder.batch.discover import Submission, of_notebooks

# What browsers and mail programs add to a notebook's name.
_NAMES = (".ipynb", ".ipynb.json", ".ipynb.txt")
_MOST = 50  # notebooks of one student's; a repository may hold any number of files


def find(folder: Path, assignment: str, student: str) -> Submission:
    """Return the submission in `folder` or in folders below it; refused where there is no notebook.

    It may be called anything. Copies that Jupyter and macOS keep are none; no link to a folder is followed.
    """
    found: list[Path] = []
    for inside, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_others(name))
        paths = (Path(inside, name) for name in sorted(files) if not _is_others(name))
        found += [path for path in paths if path.name.lower().endswith(_NAMES)]
        if len(found) > _MOST:
            sentence = (
                f"There are more than {_MOST} notebooks in this submission. Please submit one file, "
                f"{assignment}.ipynb."
            )
            return Submission(student, folder, sentence)
    return of_notebooks(student, folder, found, assignment)


def _is_others(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"
