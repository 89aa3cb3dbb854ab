"""What of a course's file decides a score: all of it, but for what is read or applied around a grading.

Of an assignment.toml, a due date, what being late takes off, daily tries and where students get the zip
change no report, nor does a comment; of a notebook, the prose between its cells and what cells once printed
do not. So changing them makes no report and no certificate stale.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import PurePath
from typing import Any

from autograder.course.folder import SETTINGS

AFTERWARDS = ("due", "timezone", "late", "submissions", "release")


def deciding(name: PurePath, content: bytes) -> bytes:
    """Return what is digested of the file with this name: a part of settings and of notebooks, as JSON."""
    try:
        if name.name == SETTINGS:
            return _of_settings(content)
        if name.suffix == ".ipynb":
            return _of_notebook(content)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass  # not what its name promises: whoever reads it says so
    return content


def _of_settings(content: bytes) -> bytes:
    keys = tomllib.loads(content.decode())
    return json.dumps({k: v for k, v in keys.items() if k not in AFTERWARDS}, default=str).encode()


def _of_notebook(content: bytes) -> bytes:
    cells = [cell for cell in json.loads(content)["cells"] if _counts(cell)]
    kept = [
        {k: v for k, v in cell.items() if k not in ("outputs", "execution_count")} for cell in cells
    ]
    return json.dumps(kept, sort_keys=True).encode()


def _counts(cell: dict[str, Any]) -> bool:
    """Tell whether a cell is code, or one that nbgrader knows: a question, say."""
    return cell["cell_type"] == "code" or "nbgrader" in cell["metadata"]
