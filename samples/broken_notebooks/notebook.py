"""What the makers of broken notebooks share."""

from typing import Any

from autograder.cases.student_edits import Notebook, dump, find, grade_id, strip_metadata

__all__ = ["Notebook", "code_cells", "dump", "find", "grade_id", "solution", "strip_metadata"]


def solution(notebook: Notebook, exercise: str) -> dict[str, Any]:
    """The exercise's solution cell."""
    cell: dict[str, Any] = notebook["cells"][find(notebook["cells"], f"{exercise}_solution")]
    return cell


def code_cells(notebook: Notebook) -> list[dict[str, Any]]:
    """All code cells, in their order."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
