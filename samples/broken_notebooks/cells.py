"""Notebooks whose cells were copied, split, merged, moved, renamed, deleted or made something else."""

from samples.broken_notebooks.notebook import (
    Notebook,
    code_cells,
    dump,
    find,
    grade_id,
    solution,
)


def duplicated_exercise(notebook: Notebook) -> bytes:
    """A solution cell copied and pasted: two cells with one grade id, both right."""
    index = find(notebook["cells"], "train_solution")
    copy = {**notebook["cells"][index], "id": "pasted"}
    notebook["cells"].insert(index + 1, copy)
    return dump(notebook)


def split_exercise(notebook: Notebook) -> bytes:
    """A solution cell with an empty twin in front, as splitting a cell leaves it."""
    index = find(notebook["cells"], "train_solution")
    empty = {**notebook["cells"][index], "id": "split", "source": "# my answer is below"}
    notebook["cells"].insert(index, empty)
    return dump(notebook)


def merged_exercises(notebook: Notebook) -> bytes:
    """Two exercises in one cell; the other cell and the check between them are gone."""
    first, second = solution(notebook, "discount_rewards"), solution(notebook, "train")
    first["source"] += f"\n\n{second['source']}"
    gone = ("train_solution", "discount_rewards")
    notebook["cells"] = [cell for cell in notebook["cells"] if grade_id(cell) not in gone]
    return dump(notebook)


def merged_with_the_loop(notebook: Notebook) -> bytes:
    """A function and the training loop in one cell, under the loop's id."""
    train, loop = solution(notebook, "train"), solution(notebook, "training_loop")
    loop["source"] = f"{train['source']}\n\n{loop['source']}"
    notebook["cells"].remove(train)
    return dump(notebook)


def all_in_one_cell(notebook: Notebook) -> bytes:
    """Every exercise merged into the first one's cell, the training loop included."""
    first, *others = (c for c in code_cells(notebook) if (grade_id(c) or "").endswith("_solution"))
    first["source"] = "\n\n".join(cell["source"] for cell in (first, *others))
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in others]
    return dump(notebook)


def reordered(notebook: Notebook) -> bytes:
    """All cells in the opposite order."""
    notebook["cells"].reverse()
    return dump(notebook)


def renamed_grade_ids(notebook: Notebook) -> bytes:
    """Grade ids and cell ids of somebody's own."""
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"cell-{number}"
        if grade_id(cell):
            cell["metadata"]["nbgrader"]["grade_id"] = f"task{number}"
    return dump(notebook)


def swapped_grade_ids(notebook: Notebook) -> bytes:
    """Two exercises have each other's ids: their sources were cut and pasted."""
    one, other = solution(notebook, "train"), solution(notebook, "discount_rewards")
    one["source"], other["source"] = other["source"], one["source"]
    return dump(notebook)


def renamed_function(notebook: Notebook) -> bytes:
    """One function has a name of the student's own; its cell is where it was."""
    cell = solution(notebook, "train")
    cell["source"] = cell["source"].replace("def train(", "def train_one_episode(")
    return dump(notebook)


def solved_in_a_check_cell(notebook: Notebook) -> bytes:
    """The work stands in the cell below its own, which is a given one."""
    empty, given = solution(notebook, "train"), notebook["cells"][find(notebook["cells"], "train")]
    given["source"] = empty["source"]
    notebook["cells"].remove(empty)
    return dump(notebook)


def deleted_exercise(notebook: Notebook) -> bytes:
    """One solution cell is missing."""
    del notebook["cells"][find(notebook["cells"], "run_episode_solution")]
    return dump(notebook)


def deleted_check_cells(notebook: Notebook) -> bytes:
    """All locked cells are missing; the student's own work is intact."""
    keep = [c for c in notebook["cells"] if (grade_id(c) or "").endswith("_solution")]
    notebook["cells"] = keep
    return dump(notebook)


def deleted_solutions(notebook: Notebook) -> bytes:
    """Everything is there but what the student was to write."""
    keep = [c for c in notebook["cells"] if not (grade_id(c) or "").endswith("_solution")]
    return dump(notebook | {"cells": keep})


def exercise_as_markdown(notebook: Notebook) -> bytes:
    """One solution cell was turned into text, by a key that was hit by chance."""
    solution(notebook, "compile_model")["cell_type"] = "markdown"
    return dump(notebook)


def markdown_only(notebook: Notebook) -> bytes:
    """The prose alone."""
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    return dump(notebook)


def another_notebook(_notebook: Notebook) -> bytes:
    """Last week's exercise: a good notebook of another assignment."""
    source = "def choose_action(q_values, epsilon):\n    return int(q_values.argmax())"
    cell = {"cell_type": "code", "id": "dqn", "metadata": {}, "source": source, "outputs": []}
    return dump({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})


def too_many_cells(notebook: Notebook) -> bytes:
    """A thousand cells more than anybody writes."""
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "1"}
    notebook["cells"] += [cell | {"id": f"one-{number}"} for number in range(1000)]
    return dump(notebook)


def data_in_a_cell(notebook: Notebook) -> bytes:
    """A table of 300 kB pasted into code."""
    solution(notebook, "build_model")["source"] += f"\ntable = {[0.125] * 40_000}"
    return dump(notebook)


def too_much_code(notebook: Notebook) -> bytes:
    """Four cells that are short enough each, and together keep a parser busy."""
    for number in range(4):
        cell = {"cell_type": "code", "id": f"long-{number}", "metadata": {}, "outputs": []}
        notebook["cells"].append(cell | {"source": "a;" * 120_000})
    return dump(notebook)
