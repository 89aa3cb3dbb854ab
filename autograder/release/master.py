"""Reads a master notebook, and refuses one that nbgrader or nbformat would stumble over."""

from __future__ import annotations

import json
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.errors import ReleaseError

_FLAGS = ("grade", "locked", "solution")
_SCHEMA = 3  # of nbgrader's metadata
_GRADE_ID = re.compile(r"[A-Za-z0-9_-]+")


def read(notebook: Path) -> NotebookNode:
    """Read a notebook; raises `ReleaseError` that says what is wrong with it, and in which cell."""
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
    except OSError as error:
        raise ReleaseError(f"{notebook.name} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ReleaseError(f"{notebook.name} is not a notebook of format 4") from error
    _refuse_format(notebook.name, content)
    _refuse_random_ids(notebook.name, content)
    _refuse_invalid(notebook.name, content)
    master: NotebookNode = nbformat.read(notebook, as_version=4)
    faults = [*_duplicates(master), *_metadata_faults(master)]
    if faults:
        raise ReleaseError(f"{notebook.name}: {faults[0]}")
    return master


def _refuse_format(name: str, content: Any) -> None:
    fits = isinstance(content, dict) and content.get("nbformat") == 4
    cells = content.get("cells") if fits else None
    if (
        not isinstance(cells, list)
        or not isinstance(content.get("nbformat_minor"), int)
        or not all(isinstance(cell, dict) for cell in cells)
    ):
        raise ReleaseError(f"{name} is not a notebook of format 4: save it in a current Jupyter")


def _refuse_random_ids(name: str, content: dict[str, Any]) -> None:
    """A cell without an id gets a random one whenever the notebook is read (nbformat 4.5)."""
    ids = {cell["id"] for cell in content["cells"] if isinstance(cell.get("id"), str)}
    if content["nbformat_minor"] < 5 or len(ids) < len(content["cells"]):
        raise ReleaseError(
            f"{name} has cells without an id of their own, so that no two releases would be alike: save it "
            "in a current Jupyter"
        )


def _refuse_invalid(name: str, content: dict[str, Any]) -> None:
    """Raise for whatever nbformat's schema does not allow, a source that is no text say."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nbformat.validate(content)
    except nbformat.ValidationError as error:
        place = list(error.absolute_path)
        where = ""
        if place[:1] == ["cells"] and len(place) > 1:
            cell = content["cells"][place[1]]
            where = f"cell {cell['id']!r}: "
            place = place[2:]
        what = ".".join(str(part) for part in place) or "this"
        reason = " ".join(str(error.message).split())
        said = reason if len(reason) <= 200 else reason[:199] + "…"
        raise ReleaseError(
            f"{name}: {where}{what} is not what a notebook may hold: {said}"
        ) from error


def _duplicates(master: NotebookNode) -> Iterator[str]:
    """By its grade id nbgrader knows a cell, and we its solution."""
    metas = [cell.metadata.get("nbgrader") for cell in master.cells]
    ids = Counter(
        str(meta["grade_id"])
        for meta in metas
        if isinstance(meta, dict) and meta.get("grade_id") and any(map(meta.get, _FLAGS))
    )
    for grade_id, times in ids.items():
        if times > 1:
            yield f"{times} cells have the grade id {grade_id!r}: give each one its own"


def _metadata_faults(master: NotebookNode) -> Iterator[str]:
    for cell in master.cells:
        if "nbgrader" in cell.metadata:
            meta = cell.metadata.nbgrader
            fault = (
                _metadata_fault(meta) if isinstance(meta, dict) else "metadata that are no table"
            )
            if fault:
                # Its grade id is part of what may be wrong.
                yield (
                    f"cell {cell.id!r} has {fault}: set it anew in nbgrader's toolbar (Create "
                    "Assignment), or run 'nbgrader update'"
                )


def _metadata_fault(meta: dict[str, Any]) -> str:
    """What is wrong with nbgrader's metadata of a cell, or ""."""
    if meta.get("schema_version") != _SCHEMA:
        return f"nbgrader metadata of version {meta.get('schema_version', 0)!r}, not {_SCHEMA}"
    for flag, value in ({"task": False, **dict.fromkeys(_FLAGS)} | meta).items():
        if flag in (*_FLAGS, "task") and not isinstance(value, bool):
            return f"{value!r} for nbgrader's {flag!r}, which is neither true nor false"
    grade_id = meta.get("grade_id")
    is_named = isinstance(grade_id, str) and _GRADE_ID.fullmatch(grade_id)
    if not is_named and any(meta.get(flag) for flag in (*_FLAGS, "task")):
        return f"the grade id {grade_id!r}, which is no name of letters, digits, _ and -"
    points = meta.get("points", 0)
    if (
        isinstance(points, bool)
        or not isinstance(points, int | float)
        or not 0 <= points < float("inf")
    ):
        return f"{points!r} for points, which is no number from 0 on"
    return ""
