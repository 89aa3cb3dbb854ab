"""What nbgrader's metadata say of a cell, and what a sentence calls it."""

from __future__ import annotations

from nbformat import NotebookNode


def name_of(cell: NotebookNode, number: int) -> str:
    """What an error calls a cell: its grade id, else its id, else its number, counted from 1."""
    graded = cell.metadata.get("nbgrader", {}).get("grade_id")
    return f"cell {graded or cell.get('id') or f'number {number}'!r}"


def is_graded(cell: NotebookNode) -> bool:
    """Whether nbgrader gives points for this cell."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


def is_solution(cell: NotebookNode) -> bool:
    """Whether nbgrader lets students write code in this cell."""
    return cell.cell_type == "code" and _is_written(cell)


def is_answer(cell: NotebookNode) -> bool:
    """Whether nbgrader lets students write text in this cell."""
    return cell.cell_type == "markdown" and _is_written(cell)


def is_locked(cell: NotebookNode) -> bool:
    """Whether nbgrader restores this code cell from the master: given code, and on purpose."""
    meta = cell.metadata.get("nbgrader", {})
    locked = meta.get("locked") or meta.get("grade")
    return cell.cell_type == "code" and bool(locked) and not _is_written(cell)


def _is_written(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))
