"""From bytes to code cells, whatever tool wrote them and however it damaged their metadata."""

from __future__ import annotations

import json
import warnings
from dataclasses import dataclass
from typing import Any

import nbformat

from autograder.limits import MAX_CELL, MAX_CELLS, MAX_CODE, MAX_NOTEBOOK


class Rejected(Exception):
    """Not a usable notebook; the text is the sentence for the student."""


@dataclass(frozen=True)
class Cell:
    """One code cell: its source, its cell id, and its nbgrader grade id ("" where unknown)."""

    source: str
    cell_id: str
    grade_id: str
    is_check: bool = False
    is_solution: bool = False
    runs_in_grading: bool = False
    points: float = 0.0


def code_cells(data: bytes) -> list[Cell]:
    """Return the code cells of the notebook in `data`, in their order; raise Rejected if it is none."""
    notebook = _notebook(data)
    cells = notebook.get("cells")
    if not isinstance(cells, list):
        raise Rejected(
            "This file is not a Jupyter notebook: it has no cells. Please submit the .ipynb file."
        )
    found = [
        _cell(cell) for cell in cells if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]
    if not found:
        raise Rejected(
            "This notebook has no code cells. Please submit the notebook in which you solved the exercises."
        )
    if len(found) > MAX_CELLS or sum(len(cell.source) for cell in found) > MAX_CODE:
        raise Rejected(
            f"This notebook has more than {MAX_CELLS} code cells, or far too much code in them. "
            "Please submit the notebook of the assignment with the cells that you need."
        )
    return found


def _notebook(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_NOTEBOOK:
        raise Rejected(
            f"This notebook is larger than {MAX_NOTEBOOK // 2**20} MB. "
            "Clear its outputs (Kernel, Restart and Clear Outputs), save it and submit it again."
        )
    if not data.strip():
        raise Rejected("This file is empty. Please save your notebook and submit it again.")
    try:
        raw = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Rejected(
            "This file cannot be read as a notebook: it is damaged, incomplete or of another kind. "
            "Please save it in Jupyter and submit the .ipynb file."
        ) from None
    if not isinstance(raw, dict) or "nbformat" not in raw:
        raise Rejected(
            "This file is not a Jupyter notebook. Please submit the .ipynb file that you solved."
        )
    return _upgraded(raw)


def _upgraded(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the notebook in version 4; those of version 4 as they are, since they need not be valid."""
    if raw.get("nbformat") == 4:
        return raw
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return dict(nbformat.reads(json.dumps(raw), as_version=4))
    except Exception:  # whatever nbformat's converters make of it, it is no notebook for us
        raise Rejected(
            "This notebook is in a format that cannot be read here. Please open it in a recent Jupyter, "
            "save it and submit it again."
        ) from None


def _cell(cell: dict[str, Any]) -> Cell:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    metadata = _dict(cell.get("metadata"))
    nbgrader, ours = _dict(metadata.get("nbgrader")), _dict(metadata.get("autograder"))
    points = nbgrader.get("points", 0)
    return Cell(
        source=_sane(source if isinstance(source, str) else ""),
        cell_id=_str(cell.get("id")),
        grade_id=_str(nbgrader.get("grade_id")),
        is_check=nbgrader.get("grade") is True,
        is_solution=nbgrader.get("solution") is True,
        runs_in_grading=ours.get("run") is True,
        points=float(points) if isinstance(points, int | float) and 0 <= points < 1e6 else 0.0,
    )


def _sane(source: str) -> str:
    """Refuse what no person wrote, and what would take minutes and gigabytes to parse."""
    if len(source) > MAX_CELL:
        raise Rejected(
            f"One code cell of this notebook is longer than {MAX_CELL // 2**10} kB. "
            "Please keep data out of your code cells and submit the notebook again."
        )
    return source


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _str(value: Any) -> str:
    return value if isinstance(value, str) else ""
