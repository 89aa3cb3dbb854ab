"""Claims about reading a notebook: whatever tools did to it, the student's work in it is found."""

from collections.abc import Callable
from typing import Any

import pytest

from autograder.report import State
from autograder.submission.assignment import Assignment
from autograder.submission.normalised import normalised
from autograder.submission.plan import reference_plan
from autograder.submission.read import Rejected
from tests.helpers.student_cells import (
    EXERCISES,
    FUNCTIONS,
    cell_of,
    code,
    grade_id_of,
    names,
    source_of,
    stripped,
)


def test_the_assignment_is_what_the_master_says(assignment: Assignment):
    """Seven exercises in the notebook's order, a hundred points, a scaffold for each."""
    assert tuple(exercise.id for exercise in assignment.exercises) == EXERCISES
    assert assignment.max_score == 100
    for exercise in assignment.exercises:
        assert "..." in exercise.scaffold
        assert normalised(exercise.scaffold) != normalised(exercise.solution.source)


def test_the_reference_runs_the_masters_solutions(assignment: Assignment):
    """Every function of every exercise is defined, and the loop waits for its checks."""
    plan = reference_plan(assignment)
    assert [name for name in names(plan) if name in EXERCISES] == list(FUNCTIONS)
    assert set(plan.scripts) == {"training_loop"}
    assert set(plan.states.values()) == {State.ATTEMPTED}


def test_cells_that_only_look_do_not_run(assignment: Assignment, plan: Any, solved: Any):
    """Of the given cells, grading runs those that the master marks, and no other."""
    marked = [cell.grade_id for cell in assignment.setup]
    assert marked[:1] == ["imports"]
    assert set(names(plan(solved))) == {*marked, *FUNCTIONS}


def test_an_untouched_release_is_untouched_everywhere(plan: Any, released: Any):
    """All seven exercises are recognised as what students received."""
    assert plan(released).states == dict.fromkeys(EXERCISES, State.UNTOUCHED)


def test_an_untouched_release_is_untouched_without_its_metadata(plan: Any, released: Any):
    """Functions are recognised by name, the training loop by what it loops over."""
    assert plan(stripped(released)).states == dict.fromkeys(EXERCISES, State.UNTOUCHED)


@pytest.mark.parametrize(
    "touch",
    [
        lambda source: source.replace("\n", "\n\n"),
        lambda source: source + "\n# I do not know how to do this",
        lambda source: source.replace("...\n", "...  # later\n"),
        lambda source: source.replace('"""', '"""Note to self. ', 1),
    ],
    ids=["blank lines", "comment", "comment at the placeholder", "docstring"],
)
def test_a_placeholder_with_other_spacing_or_comments_is_untouched(
    touch: Callable[[str], str], plan: Any, released: Any
):
    """Nothing was attempted until something else than layout changed inside the region."""
    for exercise in FUNCTIONS:
        cell = cell_of(released, f"{exercise}_solution")
        cell["source"] = touch("".join(cell["source"]))
    assert plan(released).states == dict.fromkeys(EXERCISES, State.UNTOUCHED)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_one_solved_exercise_is_the_one_attempted(
    exercise: str, plan: Any, released: Any, solved: Any
):
    """The others keep being untouched."""
    solution = cell_of(solved, f"{exercise}_solution")["source"]
    cell_of(released, f"{exercise}_solution")["source"] = solution
    states = plan(released).states
    assert {name for name, state in states.items() if state == State.ATTEMPTED} == {exercise}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_deleted_exercise_is_missing(exercise: str, plan: Any, solved: Any):
    """It is missing, not untouched, and nothing else is."""
    solved["cells"].remove(cell_of(solved, f"{exercise}_solution"))
    states = plan(solved).states
    assert {name for name, state in states.items() if state != State.ATTEMPTED} == {exercise}
    assert states[exercise] == State.MISSING


def test_a_notebook_without_any_exercise_is_rejected(plan: Any):
    """It is some other file, and the sentence asks about that."""
    with pytest.raises(Rejected, match="right file"):
        plan({"nbformat": 4, "nbformat_minor": 5, "cells": [code("print('hello')")]})


def test_stripped_metadata_loses_no_work(assignment: Assignment, plan: Any, solved: Any):
    """The same solutions run, found by their functions and by the loop."""
    found, wanted = plan(stripped(solved)), reference_plan(assignment)
    assert found.states == wanted.states
    assert [n for n in names(found) if n in EXERCISES] == list(FUNCTIONS)
    assert found.scripts == wanted.scripts


def test_reordered_cells_run_in_the_students_order(plan: Any, solved: Any):
    """Given cells come first, from the master; then what the student wrote, as it stands."""
    solved["cells"].reverse()
    assert [n for n in names(plan(solved)) if n in EXERCISES] == list(reversed(FUNCTIONS))
    assert names(plan(solved))[0] == "imports"


def test_a_cell_that_lost_its_grade_id_is_found_by_its_cell_id(plan: Any, solved: Any):
    """Even where its function has another name now."""
    cell = cell_of(solved, "train_solution")
    cell.update(metadata={}, source="def learn(model, episode, gamma):\n    return None")
    assert plan(solved).states["train"] == State.ATTEMPTED
    assert "def learn" in source_of(plan(solved), "train")


def test_duplicate_cell_ids_are_survived(plan: Any, solved: Any):
    """Grade ids go first, so that equal cell ids confuse nothing."""
    for cell in solved["cells"]:
        cell["id"] = "same"
    assert plan(solved).states == dict.fromkeys(EXERCISES, State.ATTEMPTED)


def test_of_two_cells_with_one_id_the_later_one_is_the_exercise(plan: Any, solved: Any):
    """As in Jupyter, where the later definition stands."""
    copy = dict(cell_of(solved, "train_solution"), source="def train(*args):\n    raise OSError")
    solved["cells"].append(copy)
    assert names(plan(solved)).count("train") == 1
    assert source_of(plan(solved), "train") == copy["source"]


def test_a_trial_under_an_exercises_name_does_not_replace_it(plan: Any, solved: Any):
    """The exercise is judged by its own cell; what stands beside the trial runs all the same."""
    trial = "def train(*args):\n    return 'trial'\n\nkept = 1"
    solved["cells"].append(code(trial, id="added"))
    found = plan(solved)
    assert "return 'trial'" not in "".join(cell.source for cell in found.cells)
    assert found.cells[-1].source.strip() == "kept = 1"
    assert source_of(found, "train") == "".join(cell_of(solved, "train_solution")["source"])


@pytest.mark.parametrize("where", [0, -1], ids=["above", "below"])
def test_an_untouched_scaffold_does_not_replace_an_attempt(
    where: int, plan: Any, solved: Any, released: Any
):
    """A copy of the cell as it was released may stand anywhere."""
    scaffold = dict(cell_of(released, "train_solution"))
    attempt = "".join(cell_of(solved, "train_solution")["source"])
    solved["cells"].insert(where % (len(solved["cells"]) + 1), scaffold)
    assert plan(solved).states["train"] == State.ATTEMPTED
    assert source_of(plan(solved), "train") == attempt


def test_given_cells_come_from_the_master_and_a_students_change_behind_it(
    assignment: Assignment, plan: Any, solved: Any
):
    """Deleting one, or breaking it, costs nobody the imports; what was added to it counts."""
    wanted = {cell.grade_id: cell.source for cell in assignment.setup}
    cell_of(solved, "imports")["source"] = "import random"
    solved["cells"].remove(cell_of(solved, "hyperparameters"))
    found = plan(solved)
    assert {cell.name: cell.source for cell in found.cells if cell.name in wanted} == wanted
    assert source_of(found, "imports as you changed it") == "import random"


def test_a_given_cell_that_only_shows_something_runs_where_its_names_are_needed(
    plan: Any, solved: Any
):
    """And with it the given cells that bind what it needs itself; no other."""
    at = solved["cells"].index(cell_of(solved, "run_episode_solution"))
    solved["cells"].insert(at, code("shape = observation.shape", id="helper"))
    assert "show_frames" in names(plan(solved))
    assert "create_environment" in names(plan(solved))
    assert "plot_returns" not in names(plan(solved))
    cell_of(solved, "show_frames")["source"] += "\nmine = 1"
    assert "mine = 1" in source_of(plan(solved), "show_frames as you changed it")


def test_a_functions_own_names_need_no_given_cell(plan: Any, solved: Any):
    """A local variable may be called as a given cell's."""
    assert "show_frames" not in names(plan(solved))


def test_check_cells_and_plots_that_were_changed_do_not_run(plan: Any, solved: Any):
    """Unless something needs what they bind."""
    for cell in solved["cells"]:
        if cell["cell_type"] == "code" and grade_id_of(cell) in EXERCISES:
            cell["source"] = "raise SystemExit"
    assert all(cell.source != "raise SystemExit" for cell in plan(solved).cells)


def test_added_cells_run_in_their_place(plan: Any, solved: Any):
    """A helper stands before the exercise that calls it, under a name that says which cell it is."""
    at = solved["cells"].index(cell_of(solved, "train_solution"))
    solved["cells"].insert(at, code("def helper():\n    return 1", id="helper"))
    found = names(plan(solved))
    (helper,) = [name for name in found if name.startswith("your code cell")]
    assert found.index(helper) == found.index("train") - 1


def test_sources_may_be_lists_of_lines(plan: Any, solved: Any):
    """As the notebook's format has it; parts that are no text are left out."""
    for cell in solved["cells"]:
        cell["source"] = ["".join(cell["source"]), 7, None]
    assert plan(solved).states == dict.fromkeys(EXERCISES, State.ATTEMPTED)


@pytest.mark.parametrize(
    "source",
    [
        "for x in " + "-" * 900 + "1: pass",
        "for x in a" + ".b" * 900 + ": pass",
        "for x in [0x" + "f" * 5000 + "]: pass",
        "(" * 5000,
        "\x00",
        " o\n\0",
        "def train(",
        "    train = 1",
        "'''",
        "\\",
        "x = 1\n" * 20_000,
    ],
    ids=lambda source: source[:14].encode("ascii", "backslashreplace").decode(),
)
def test_an_odd_source_is_a_cell_like_any_other(source: str, plan: Any, solved: Any):
    """Nothing that a student can write stops the reading of the rest."""
    solved["cells"].append(code(source))
    assert plan(stripped(solved)).cells[-1].source == source
