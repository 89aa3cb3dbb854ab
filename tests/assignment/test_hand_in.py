"""The file that the last cell writes to hand in."""

import json
import os

import pytest

from tests.helpers.learning import module

CELLS = [
    ("code", "def train(model, episode, gamma):\n    pass", [{"text": "short"}]),
    ("code", "plot()", [{"data": "x" * 30_000}, {"text": "beside it"}]),
    ("markdown", "words", None),
]


def write(folder, cells=CELLS, **namespace):
    """Write a notebook into the folder, have the last cell's file made; return what it says, and the file."""
    os.chdir(folder)
    notebook = {
        "cells": [
            {"cell_type": kind, "source": source}
            | ({} if outputs is None else {"outputs": outputs})
            for kind, source, outputs in cells
        ]
    }
    if cells:
        (folder / "policy_gradient.ipynb").write_text(json.dumps(notebook))
    module("visible")
    from visible import hand_in

    said = hand_in._written(namespace)
    made = folder / "hand_in" / "policy_gradient.ipynb"
    return said, json.loads(made.read_text()) if made.exists() else None


@pytest.fixture
def written(elsewhere, tmp_path):
    """Call `write` where TensorFlow may be loaded."""
    return lambda *args, **namespace: elsewhere(write, tmp_path, *args, **namespace)


def test_it_is_the_notebook_without_its_large_outputs(written):
    """Code and small outputs stay, and the student reads where it lies and what is not in it."""
    said, notebook = written()
    assert [cell["source"] for cell in notebook["cells"]] == [source for _, source, _ in CELLS]
    assert [cell.get("outputs") for cell in notebook["cells"]] == [
        [{"text": "short"}],
        [{"text": "beside it"}],
        None,
    ]
    assert "To hand in: hand_in" in said
    assert "outputs of 1 cells" in said


def test_code_that_ran_but_was_not_saved_is_named(written):
    """The file has what was saved, so the last code of an exercise may be missing in it."""
    said, _ = written(In=["def train(model, episode, gamma):\n    return 1"])
    assert "other code than was run last: train." in said


def test_so_is_a_function_below_a_comment_or_a_helper(written):
    """Whatever stands above it in its cell."""
    said, _ = written(In=["# mine\nimport math\n\ndef train(model, episode, gamma):\n    return 1"])
    assert "other code than was run last: train." in said


def test_code_that_was_saved_is_not_named(written):
    """What was tried before does not count."""
    said, _ = written(In=["def train(a):\n    return 1", CELLS[0][1]])
    assert "other code" not in said


def test_without_a_file_it_says_what_to_do(written):
    """On Colab, say, the notebook lies elsewhere."""
    said, notebook = written([])
    assert "did not find this notebook" in said
    assert notebook is None
