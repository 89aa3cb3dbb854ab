"""Notebooks as other tools and other times save them: formats, metadata, ids, outputs."""

from typing import Any

from samples.broken_notebooks.notebook import (
    Notebook,
    code_cells,
    dump,
    solution,
    strip_metadata,
)


def format_1(notebook: Notebook) -> bytes:
    """The very first layout: `input` in place of `source`."""
    return dump({"nbformat": 1, "cells": _old_cells(notebook)})


def format_2(notebook: Notebook) -> bytes:
    """Worksheets, and nothing around them."""
    return dump({"nbformat": 2, "worksheets": [{"cells": _old_cells(notebook)}]})


def format_3(notebook: Notebook) -> bytes:
    """The layout of notebooks before 2015: worksheets, `input` in place of `source`."""
    cells = _old_cells(notebook)
    worksheets = [{"cells": cells[:4]}, {"cells": cells[4:]}]
    return dump({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": worksheets})


def format_4_4(notebook: Notebook) -> bytes:
    """Saved by a Jupyter that knew no cell ids."""
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]
    return dump(notebook)


def format_5(notebook: Notebook) -> bytes:
    """A format that nobody has defined yet."""
    return dump({"nbformat": 5, "nbformat_minor": 0, "parts": notebook["cells"]})


def no_format(notebook: Notebook) -> bytes:
    """The format's number is missing."""
    del notebook["nbformat"], notebook["nbformat_minor"]
    return dump(notebook)


def duplicate_cell_ids(notebook: Notebook) -> bytes:
    """Every cell has the same id, as careless merging leaves it."""
    for cell in notebook["cells"]:
        cell["id"] = "same"
    return dump(notebook)


def ids_of_the_wrong_type(notebook: Notebook) -> bytes:
    """Numbers and lists where cell ids and grade ids belong."""
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = number
        cell["metadata"]["nbgrader"] = {"grade_id": [number], "points": "many", "grade": 1}
    return dump(notebook)


def colab(notebook: Notebook) -> bytes:
    """Saved by Colab: format 4.0, no ids, no grade ids, a GPU runtime, stored outputs."""
    strip_metadata(notebook)
    notebook["metadata"]["accelerator"] = "GPU"
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            text = {"name": "stdout", "output_type": "stream", "text": ["Game over\n"]}
            cell["outputs"] = [text]
            cell["execution_count"] = 7
    return dump(notebook)


def vs_code(notebook: Notebook) -> bytes:
    """Saved by VS Code: format 4.2, no ids, its own metadata, a kernel named by its path."""
    strip_metadata(notebook)
    notebook["nbformat_minor"] = 2
    kernel = {"display_name": ".venv (3.12.3)", "language": "python", "name": "python3"}
    notebook["metadata"] = {"kernelspec": kernel, "orig_nbformat": 4}
    for cell in notebook["cells"]:
        cell["metadata"] = {"vscode": {"languageId": "python"}}
    return dump(notebook)


def kernel_r(notebook: Notebook) -> bytes:
    """The kernel of another language in the metadata."""
    notebook["metadata"]["kernelspec"] = {"display_name": "R", "language": "R", "name": "ir"}
    notebook["metadata"]["language_info"] = {"name": "R"}
    return dump(notebook)


def kernel_python_2(notebook: Notebook) -> bytes:
    """Last opened with a Python of 2010."""
    notebook["metadata"]["kernelspec"] = {"display_name": "Python 2", "name": "python2"}
    notebook["metadata"]["language_info"] = {"name": "python", "version": "2.7.18"}
    return dump(notebook)


def no_metadata(notebook: Notebook) -> bytes:
    """Neither kernelspec nor language."""
    notebook["metadata"] = {}
    return dump(notebook)


def metadata_is_null(notebook: Notebook) -> bytes:
    """Null wherever an object or a list belongs, but for the sources."""
    for cell in notebook["cells"]:
        cell["metadata"] = cell["outputs"] = cell["id"] = None
    return dump(notebook | {"metadata": None})


def source_as_lines(notebook: Notebook) -> bytes:
    """Sources as lists of lines, as Jupyter saves them."""
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    return dump(notebook)


def windows_line_ends(notebook: Notebook) -> bytes:
    r"""Sources with \r\n line ends."""
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n")
    return dump(notebook)


def cell_of_the_wrong_type(notebook: Notebook) -> bytes:
    """A cell that is a string where an object belongs."""
    notebook["cells"][0] = "Policy gradient"
    return dump(notebook)


def outputs_of_the_wrong_type(notebook: Notebook) -> bytes:
    """A number, a string and a list of numbers in place of outputs."""
    for number, cell in enumerate(code_cells(notebook)):
        cell["outputs"] = (7, "printed", [1, 2])[number % 3]
    return dump(notebook)


def huge_outputs(notebook: Notebook) -> bytes:
    """19 MB of printed text: a training loop that says too much."""
    text = {"output_type": "stream", "name": "stdout", "text": ["Step 1: reward 0\n"] * 680_000}
    solution(notebook, "training_loop")["outputs"] = [text]
    return dump(notebook)


def output_with_many_keys(notebook: Notebook) -> bytes:
    """Two hundred thousand keys in one output: a plot's data."""
    data = {"application/json": {str(number): number for number in range(200_000)}}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    solution(notebook, "build_model")["outputs"] = [output]
    return dump(notebook)


def _old_cells(notebook: Notebook) -> list[dict[str, Any]]:
    """The code cells as they were before version 4."""
    old = {"cell_type": "code", "collapsed": False, "language": "python", "outputs": []}
    return [{**old, "metadata": {}, "input": cell["source"]} for cell in code_cells(notebook)]
