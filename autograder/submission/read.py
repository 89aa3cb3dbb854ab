"""From bytes to code cells, whatever tool wrote them and however it damaged their metadata."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from autograder.limits import MAX_CELL, MAX_CELLS, MAX_CODE, MAX_NOTEBOOK

_LATIN_1 = {
    0xDC00 + byte: byte for byte in range(0x80, 0x100)
}  # what surrogateescape made of bytes
_TOO_MUCH_CODE = (
    f"This notebook has more than {MAX_CELLS} code cells, or far too much code in them. "
    "Please submit the notebook of the assignment with the cells that you need."
)


class Rejected(Exception):
    """Not a usable notebook; the text is the sentence for the student."""


@dataclass(frozen=True)
class Cell:
    """One cell: its source, its cell id, and its nbgrader grade id ("" where unknown).

    `is_check` is nbgrader's mark of a cell that carries points.
    """

    source: str
    cell_id: str
    grade_id: str
    is_check: bool = False
    is_solution: bool = False
    points: float = 0.0


@dataclass(frozen=True)
class Notebook:
    """The code cells in their order, and the cells with text that have a grade id."""

    cells: list[Cell]
    answers: list[Cell]


def read_notebook(data: bytes) -> Notebook:
    """Return the cells of the notebook in `data`; raise Rejected if it is none."""
    found: list[Cell] = []
    answers: list[Cell] = []
    for cell in raw_cells(raw_notebook(data)):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            found.append(code_cell(cell))
            if len(found) > MAX_CELLS:
                raise Rejected(_TOO_MUCH_CODE)
        elif isinstance(cell, dict) and len(answers) < MAX_CELLS and _has_name(cell):
            answers.append(text_cell(cell))
    if not found:
        raise Rejected(
            "This notebook has no code cells. Please submit the notebook in which you solved the exercises."
        )
    if sum(len(cell.source) for cell in found) > MAX_CODE:
        raise Rejected(_TOO_MUCH_CODE)
    return Notebook(found, answers)


def raw_notebook(data: bytes) -> dict[str, Any]:
    """Return the JSON of a notebook of any version. Raises Rejected."""
    if len(data) > MAX_NOTEBOOK:
        raise Rejected(
            f"This notebook is larger than {MAX_NOTEBOOK // 2**20} MB. "
            "Clear its outputs (Kernel, Restart and Clear Outputs), save it and submit it again."
        )
    text = _decoded(data).strip("\0\ufeff \t\r\n")
    if not text:
        raise Rejected("This file is empty. Please save your notebook and submit it again.")
    try:
        # Numbers of any length are floats here, and control characters may stand in strings: what
        # is no strict JSON may still be somebody's whole work.
        raw = json.loads(text, parse_int=float, strict=False)
    except (ValueError, RecursionError):
        raise Rejected(
            "This file cannot be read as a notebook: it is damaged, incomplete or of another kind. "
            "Please save it in Jupyter and submit the .ipynb file."
        ) from None
    if not isinstance(raw, dict) or not raw.keys() & {"nbformat", "cells"}:
        raise Rejected(
            "This file is not a Jupyter notebook. Please submit the .ipynb file that you solved."
        )
    return raw


def _decoded(data: bytes) -> str:
    """Return the text in whichever encoding of Unicode it is (RFC 4627, section 3).

    Bytes that are no UTF-8 are read as Latin-1, so that a comment in an old encoding costs nobody
    a notebook.
    """
    encoding = json.detect_encoding(data)
    if not encoding.startswith("utf-8"):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8", "surrogateescape").translate(_LATIN_1)


def raw_cells(raw: dict[str, Any]) -> list[Any]:
    """Return the cells, which before version 4 lay in worksheets, and before version 2 beside them."""
    version = raw.get("nbformat", 4)
    if version not in (1, 2, 3, 4):
        raise Rejected(
            "This notebook is in a format that cannot be read here. Please open it in a recent Jupyter, "
            "save it and submit it again."
        )
    sheets = raw.get("worksheets") if version in (2, 3) else [raw]
    lists = [_dict(sheet).get("cells") for sheet in (sheets if isinstance(sheets, list) else [])]
    if not any(isinstance(cells, list) for cells in lists):
        raise Rejected(
            "This file is not a Jupyter notebook: it has no cells. Please submit the .ipynb file."
        )
    return [cell for cells in lists if isinstance(cells, list) for cell in cells]


def _has_name(cell: dict[str, Any]) -> bool:
    return bool(_str(cell.get("id")) or _dict(cell.get("metadata")).get("nbgrader"))


def code_cell(cell: dict[str, Any]) -> Cell:
    """Return a cell of code as it is graded."""
    return _named(cell, _sane(_source(cell)))


def text_cell(cell: dict[str, Any]) -> Cell:
    """Return a cell of text, at most MAX_CELL characters of it."""
    return _named(cell, _source(cell)[:MAX_CELL])


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))  # "input" until version 3
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return _str(source)


def _named(cell: dict[str, Any], source: str) -> Cell:
    nbgrader = _dict(_dict(cell.get("metadata")).get("nbgrader"))
    points = nbgrader.get("points", 0)
    return Cell(
        source=source,
        cell_id=_str(cell.get("id")),
        grade_id=_str(nbgrader.get("grade_id")),
        is_check=nbgrader.get("grade") is True,
        is_solution=nbgrader.get("solution") is True,
        points=float(points) if isinstance(points, int | float) and 0 <= points < 1e6 else 0.0,
    )


def _sane(source: str) -> str:
    """Refuse what no person wrote, and what would take minutes and gigabytes to parse.

    A lone surrogate, which Python cannot read, becomes the replacement character, U+FFFD.
    """
    if len(source) > MAX_CELL:
        raise Rejected(
            f"One code cell of this notebook is longer than {MAX_CELL // 2**10} kB. "
            "Please keep data out of your code cells and submit the notebook again."
        )
    return source.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _str(value: Any) -> str:
    return value if isinstance(value, str) else ""
