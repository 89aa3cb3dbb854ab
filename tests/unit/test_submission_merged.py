"""Claims about cells that hold several exercises, or other exercises than their ids say."""

import json
from typing import Any

import pytest

from autograder.report import State
from autograder.submission.assignment import Assignment
from autograder.submission.normalised import normalised_region
from autograder.submission.plan import Plan, make_plan
from autograder.submission.read import read_notebook
from samples import corpus


def source(base: str, exercise: str) -> str:
    """What the solution cell of an exercise holds in the `solved` or the `release` notebook."""
    cells = corpus.base_notebook(base)["cells"]
    (found,) = [c["source"] for c in cells if grade_id(c) == f"{exercise}_solution"]
    return str(found)


def grade_id(cell: dict[str, Any]) -> str | None:
    """The grade id, if the cell has one."""
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def plan(assignment: Assignment, *sources: str) -> Plan:
    """The plan for these code cells, without any id."""
    cells = [{"cell_type": "code", "metadata": {}, "source": text} for text in sources]
    return make_plan(
        assignment, read_notebook(json.dumps({"nbformat": 4, "cells": cells}).encode())
    )


def test_no_two_exercises_are_released_with_the_same_region(assignment: Assignment):
    """So a region that is as released tells which exercise was left alone."""
    regions = [normalised_region(exercise.scaffold) for exercise in assignment.exercises]
    assert len(set(regions)) == len(regions)


def test_exercises_in_one_cell_are_all_found(assignment: Assignment):
    """They run as one cell."""
    merged = f"{source('solved', 'train')}\n\n{source('solved', 'discount_rewards')}"
    found = plan(assignment, merged)
    assert found.states["train"] == found.states["discount_rewards"] == State.ATTEMPTED
    assert found.states["run_episode"] == State.MISSING
    assert found.cells[-1].source == merged


def test_exercises_merged_and_left_alone_are_untouched(assignment: Assignment):
    """Also where something else stands around their regions."""
    merged = f"{source('release', 'train')}\n\n{source('release', 'discount_rewards')}\n# later"
    found = plan(assignment, merged)
    assert found.states["train"] == found.states["discount_rewards"] == State.UNTOUCHED


def test_work_on_one_of_two_merged_exercises_is_an_attempt(assignment: Assignment):
    """Nobody loses a solution since its neighbour is still the placeholder, or a copy of it is kept."""
    scaffold = source("release", "train")
    for other in ("discount_rewards", "train"):
        found = plan(assignment, f"{scaffold}\n\n{source('solved', other)}")
        assert found.states[other] == State.ATTEMPTED, other


def test_a_solution_below_the_placeholder_is_an_attempt(assignment: Assignment):
    """Who wrote the function anew, without the markers, did solve it."""
    answer = "def build_model():\n    return keras.Model()"
    assert plan(assignment, f"{source('release', 'build_model')}\n\n{answer}").states == (
        dict.fromkeys((e.id for e in assignment.exercises), State.MISSING)
        | {"build_model": State.ATTEMPTED}
    )


def test_a_loop_merged_with_functions_runs_when_its_exercise_does(assignment: Assignment):
    """Without the functions, so that it calls what its checks put in their place; decorators go too."""
    loop = source("solved", "training_loop")
    decorated = f"@staticmethod\n{source('solved', 'train')}"
    found = plan(assignment, f"helper = 1\n{decorated}\n{loop}")
    assert found.states["training_loop"] == found.states["train"] == State.ATTEMPTED
    cell, script = found.cells[-1], found.scripts["training_loop"].cell
    assert "def train(" in cell.source
    assert "for episode_number" not in cell.source
    assert "for episode_number" in script.source
    assert "def train(" not in script.source
    assert "staticmethod" not in script.source
    assert all("helper = 1" in part.source for part in (cell, script))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_python_counts_them(line_end: str, assignment: Assignment):
    """Whatever ends them, the loop goes and its neighbour stays."""
    merged = f"{source('solved', 'training_loop')}\n{source('solved', 'train')}"
    cell = plan(assignment, merged.replace("\n", line_end)).cells[-1]
    assert "def train(" in cell.source
    assert "for episode_number" not in cell.source


def test_functions_tell_more_than_ids(assignment: Assignment):
    """A solution under another exercise's id, or in a given cell, is that solution."""
    notebook = json.loads(json.dumps(corpus.base_notebook("solved")))
    by_id = {grade_id(cell): cell for cell in notebook["cells"]}
    train, given = by_id["train_solution"], by_id["train"]
    given["source"] = train["source"]
    notebook["cells"].remove(train)
    discount, select = by_id["discount_rewards_solution"], by_id["select_action_solution"]
    discount["source"], select["source"] = select["source"], discount["source"]
    found = make_plan(assignment, read_notebook(json.dumps(notebook).encode()))
    assert set(found.states.values()) == {State.ATTEMPTED}
    names = {cell.name: cell.source for cell in found.cells}
    assert "def train(" in names["train"]
    assert "def discount_rewards(" in names["discount_rewards"]
