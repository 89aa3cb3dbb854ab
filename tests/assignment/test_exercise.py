"""`ppo.py` trains the network of the student's notebook, whatever else that notebook holds."""

import nbformat
import pytest

from tests.helpers import learning
from tests.helpers.assignment import ASSIGNMENT

RELEASE = ASSIGNMENT.parent.parent / "release" / "policy_gradient" / "policy_gradient.ipynb"
NETWORK = """
from keras import Sequential, layers

FILTERS = (32, 64)

def build_model():
    convolutions = [layers.Conv2D(filters, 7, 4, activation="relu") for filters in FILTERS]
    dense = [layers.Dense(128, activation="relu"), layers.Dense(6), LAST]
    return Sequential([layers.Input((80, 80, 2)), *convolutions, layers.Flatten(), *dense])
"""
SOFTMAX = NETWORK.replace("LAST", "layers.Softmax()")


@pytest.fixture
def policy_of(elsewhere, tmp_path):
    """Return what becomes of a notebook with these code cells."""

    def ask(*sources):
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        path = tmp_path / "policy_gradient.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        return elsewhere(learning.policy_of, path)

    return ask


def test_it_is_the_network_of_the_master(elsewhere):
    """In the course folder the master notebook lies beside `ppo.py`."""
    assert elsewhere(learning.policy_of, ASSIGNMENT / "policy_gradient.ipynb") == 235_558


@pytest.mark.parametrize(
    "cells",
    [
        [SOFTMAX],
        ["%matplotlib inline\n!true\n" + SOFTMAX],
        ["%%time\n" + SOFTMAX],
        ["import module_of_another_machine", "1 / 0", "while True: pass", SOFTMAX],
        ["def broken(:", SOFTMAX],
    ],
    ids=["plain", "magics", "timed", "cells that do not run here", "cell that is no Python"],
)
def test_definitions_are_found_among_all_kinds_of_cells(policy_of, cells):
    """Jupyter's commands and cells that cannot run do not matter, and nothing long is run."""
    assert policy_of(*cells) == 235_558


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([], "no cell defines it"),
        (["def build_model():\n    model = ...\n    return model"], "it stops with"),
        ([SOFTMAX.replace("128", "64")], "its model has 169,574 parameters"),
        ([NETWORK.replace(", LAST", "")], "are no probabilities"),
    ],
    ids=["missing", "placeholder", "another size", "without softmax"],
)
def test_an_unfinished_network_is_told_in_a_sentence(policy_of, cells, reason):
    """It says where to go on."""
    sentence = policy_of(*cells)
    assert "Finish build_model" in sentence
    assert reason in sentence


def test_the_release_asks_for_the_exercise_first(elsewhere):
    """A student who has not begun learns what is missing, and no solution."""
    assert "Finish build_model" in elsewhere(learning.policy_of, RELEASE)
