"""Claims about bytes that claim to be a notebook, and about sources that claim to be Python."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.limits import MAX_CELL, MAX_NOTEBOOK
from autograder.submission.normalised import function_names, normalised, normalised_region
from autograder.submission.read import Rejected, read_notebook


def code(source: str) -> dict[str, Any]:
    """A code cell."""
    return {"cell_type": "code", "metadata": {}, "source": source}


@given(st.text(max_size=200))
def test_essences_never_raise(text: str):
    """Any text has one, with or without markers, and some set of functions."""
    assert isinstance(normalised(text), str)
    assert isinstance(function_names(text), list)
    marked = f"### START CODE ###\n{text}\n### END CODE ###"
    assert normalised_region(marked).startswith("region:")


def test_the_essence_is_what_the_code_says():
    """Comments, blank lines and spacing do not count; strings and names do."""
    assert normalised("a  =  1 # one\n\n") == normalised("a=1")
    assert normalised("a = 1") != normalised("a = 2")
    assert normalised("'# no comment'") != normalised("''")


def test_functions_are_found_in_unfinished_code():
    """A placeholder with a colon is no Python, and still stands in a function with a name."""
    source = "x = 'def none'\ndef play(env):\n    ...:\n        def inner(): ...\ndef rest(("
    assert function_names(source) == ["play", "rest"]


@pytest.mark.parametrize(
    "metadata",
    [None, 7, [], {"nbgrader": 7}, {"nbgrader": {"grade_id": ["train"], "points": "many"}},
     {"nbgrader": {"points": 10**400, "grade": "yes"}}, {"nbgrader": {"points": float("nan")}}],
    ids=str,
)  # fmt: skip
def test_odd_metadata_is_no_metadata(metadata: Any):
    """No type in it is relied upon."""
    cells = [code("x = 1") | {"metadata": metadata, "id": 7}]
    (cell,) = read_notebook(json.dumps({"nbformat": 4, "cells": cells}).encode()).cells
    assert (cell.grade_id, cell.points, cell.is_check, cell.cell_id) == ("", 0, False, "")


@given(st.binary(max_size=200))
def test_any_bytes_are_cells_or_rejected(data: bytes):
    """With a sentence, which ends like one."""
    with pytest.raises(Rejected, match=r"\.$"):
        read_notebook(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b" " * (MAX_NOTEBOOK + 1), "larger than 20 MB"),
        (b"[" * 100_000, "cannot be read"),
        (b"[]", "not a Jupyter notebook"),
        (b'{"nbformat": 4}', "no cells"),
        (b'{"nbformat": 4, "cells": [7, {"cell_type": "markdown"}]}', "no code cells"),
        (b'{"nbformat": 99, "cells": []}', "format"),
        (b'{"nbformat": "four", "cells": []}', "format"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_notebook_is_rejected_with_a_sentence(data: bytes, says: str):
    """The student learns what to submit instead."""
    with pytest.raises(Rejected, match=says):
        read_notebook(data)


def test_a_cell_too_long_to_be_written_by_hand_is_rejected():
    """Parsing it would take minutes and gigabytes of the grader's."""
    notebook = {"nbformat": 4, "cells": [code("x" * MAX_CELL), code("x" * (MAX_CELL + 1))]}
    with pytest.raises(Rejected, match="longer than"):
        read_notebook(json.dumps(notebook).encode())
