"""Broken notebooks that are made from the solved one, so that they never go stale.

Each maker receives a solved notebook of its own, may spoil it, and returns the file's bytes.
Raw files, for what is no notebook at all, lie beside this one.
"""

from collections.abc import Callable

from tests.student_edits import Notebook, dump, find, grade_id, strip_metadata


def truncated(notebook: Notebook) -> bytes:
    """The first half of the file: an interrupted upload."""
    content = dump(notebook)
    return content[: len(content) // 2]


def byte_order_mark(notebook: Notebook) -> bytes:
    """A byte order mark in front, as editors on Windows save it."""
    return b"\xef\xbb\xbf" + dump(notebook)


def utf_16(notebook: Notebook) -> bytes:
    """The right text in the wrong encoding, as `>` in PowerShell writes it."""
    return dump(notebook).decode("utf-8").encode("utf-16")


def format_3(notebook: Notebook) -> bytes:
    """The layout of notebooks before 2015: worksheets, `input` in place of `source`."""
    cells = [
        {"cell_type": "code", "collapsed": False, "input": cell["source"], "language": "python"}
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]
    worksheet = {"cells": [{**cell, "outputs": [], "metadata": {}} for cell in cells]}
    return dump({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [worksheet]})


def format_4_4(notebook: Notebook) -> bytes:
    """Saved by a Jupyter that knew no cell ids."""
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]
    return dump(notebook)


def duplicate_cell_ids(notebook: Notebook) -> bytes:
    """Every cell has the same id, as careless merging leaves it."""
    for cell in notebook["cells"]:
        cell["id"] = "same"
    return dump(notebook)


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


def deleted_exercise(notebook: Notebook) -> bytes:
    """One solution cell is missing."""
    del notebook["cells"][find(notebook["cells"], "run_episode_solution")]
    return dump(notebook)


def deleted_check_cells(notebook: Notebook) -> bytes:
    """All locked cells are missing; the student's own work is intact."""
    keep = [c for c in notebook["cells"] if (grade_id(c) or "").endswith("_solution")]
    notebook["cells"] = keep
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


def kernel_r(notebook: Notebook) -> bytes:
    """The kernel of another language in the metadata."""
    notebook["metadata"]["kernelspec"] = {"display_name": "R", "language": "R", "name": "ir"}
    notebook["metadata"]["language_info"] = {"name": "R"}
    return dump(notebook)


def no_metadata(notebook: Notebook) -> bytes:
    """Neither kernelspec nor language."""
    notebook["metadata"] = {}
    return dump(notebook)


def markdown_only(notebook: Notebook) -> bytes:
    """The prose alone."""
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    return dump(notebook)


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


def too_large(notebook: Notebook) -> bytes:
    """21 MB, more than a submission may have: a video pasted into the notebook."""
    notebook["cells"][0]["attachments"] = {"video.mp4": {"video/mp4": "A" * 21_000_000}}
    return dump(notebook)


def deeply_nested(notebook: Notebook) -> bytes:
    """JSON nested deeper than a recursive parser can follow."""
    notebook["metadata"]["depth"] = 0
    bomb = b"[" * 100_000 + b"]" * 100_000
    return dump(notebook).replace(b'"depth": 0', b'"depth": ' + bomb)


def cell_of_the_wrong_type(notebook: Notebook) -> bytes:
    """A cell that is a string where an object belongs."""
    notebook["cells"][0] = "Policy gradient"
    return dump(notebook)


MAKERS: dict[str, Callable[[Notebook], bytes]] = {
    maker.__name__: maker
    for maker in (
        truncated,
        byte_order_mark,
        utf_16,
        format_3,
        format_4_4,
        duplicate_cell_ids,
        duplicated_exercise,
        split_exercise,
        deleted_exercise,
        deleted_check_cells,
        colab,
        kernel_r,
        no_metadata,
        markdown_only,
        source_as_lines,
        windows_line_ends,
        too_large,
        deeply_nested,
        cell_of_the_wrong_type,
    )
}
