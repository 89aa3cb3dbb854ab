"""The cells of a notebook as a student may leave them, and the plan that is made of them."""

from typing import Any

from autograder.submission.plan import Plan

EXERCISES = (
    "build_model", "compile_model", "select_action", "run_episode", "discount_rewards", "train",
    "training_loop",
)  # fmt: skip
FUNCTIONS = EXERCISES[:-1]


def cell_of(notebook: dict[str, Any], grade_id: str) -> dict[str, Any]:
    """The one cell with this grade id."""
    (cell,) = [c for c in notebook["cells"] if grade_id_of(c) == grade_id]
    assert isinstance(cell, dict)
    return cell


def grade_id_of(cell: dict[str, Any]) -> str | None:
    """The grade id, if the cell has one."""
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def code(source: str, **more: Any) -> dict[str, Any]:
    """A code cell that a student added."""
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": []}
    return cell | {"execution_count": None} | more


def stripped(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook without any metadata and cell ids, as some tools save it."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    return notebook | {"metadata": {}}


def names(plan: Plan) -> list[str]:
    """What the planned cells are called."""
    return [cell.name for cell in plan.cells]


def source_of(plan: Plan, name: str) -> str:
    """The source of the one planned cell of this name."""
    (cell,) = [cell for cell in plan.cells if cell.name == name]
    return cell.source
