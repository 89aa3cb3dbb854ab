"""Claims about an exercise that is a loop: found by what it calls, run when its checks say so."""

from typing import Any

import pytest

from autograder.report import State
from tests.helpers.student_cells import cell_of, code, names, stripped

LOOP = "for episode_number in range(1, nr_episodes + 1):\n    train(model, run_episode(env, model), 0.9)"
LOOPS = {
    "for": "for i in range(nr_episodes):\n    e = run_episode(env, model)\n    train(model, e, gamma)",
    "while": "i = 0\nwhile i < 3:\n    train(model, run_episode(env, model), gamma)\n    i += 1",
    "in try": "try:\n    for i in range(3):\n        train(model, run_episode(env, model), gamma)\n"
    "except KeyboardInterrupt:\n    pass",
    "in a function": "def play():\n    for i in range(3):\n"
    "        train(model, run_episode(env, model), gamma)\nplay()",
    "a round in a function": "def once():\n    e = run_episode(env, model)\n"
    "    train(model, e, gamma)\n    return e.score\nscores = [once() for _ in range(3)]",
    "with a bar": "for i in tqdm(range(1, nr_episodes + 1)):\n"
    "    train(model, run_episode(env, model), gamma)",
    "under with": "with tf.device('cpu'):\n    for i in range(3):\n"
    "        train(model, run_episode(env, model), gamma)",
    "under a magic": "%%time\nfor i in range(3):\n    train(model, run_episode(env, model), gamma)",
}


def test_a_changed_training_loop_is_found_by_its_loop(plan: Any, solved: Any):
    """Without metadata, what the exercise loops over tells where it is; magics do not hide it."""
    cell_of(solved, "training_loop_solution")["source"] = f"%%time\nmodel = build_model()\n{LOOP}"
    found = plan(stripped(solved))
    assert found.scripts["training_loop"].cell.source.endswith(LOOP)
    assert LOOP not in "".join(cell.source for cell in found.cells)


@pytest.mark.parametrize("where", [0, -1], ids=["before", "behind"])
def test_another_training_loop_does_not_replace_the_exercise(where: int, plan: Any, solved: Any):
    """An added cell with the same loop, ids and all, is not taken for the exercise."""
    where = where % (len(solved["cells"]) + 1)
    solved["cells"].insert(where, code(LOOP, id="added"))
    assert "perf_counter()" in plan(solved).scripts["training_loop"].cell.source


def test_a_training_loop_in_an_added_cell_counts_where_the_given_one_is_untouched(
    plan: Any, released: Any
):
    """Who solved it beside its cell did solve it."""
    released["cells"].append(code(LOOP, id="added"))
    found = plan(released)
    assert found.states["training_loop"] == State.ATTEMPTED
    assert found.scripts["training_loop"].cell.source == LOOP


@pytest.mark.parametrize("loop", LOOPS)
def test_the_loop_is_found_however_it_is_written(loop: str, plan: Any, solved: Any):
    """Without metadata, by the exercises that it calls; it runs when its checks say so, and not before."""
    cell_of(solved, "training_loop_solution")["source"] = LOOPS[loop]
    found = plan(stripped(solved))
    assert found.scripts["training_loop"].cell.source == LOOPS[loop]
    assert all(LOOPS[loop] not in cell.source for cell in found.cells)
    assert not [name for name in names(found) if name.startswith("your code cell")]


def test_an_added_loop_does_not_run_but_its_helpers_do(plan: Any, solved: Any):
    """Training for hours is no part of grading."""
    helper = f"def helper():\n    return 1\n{LOOPS['for']}"
    solved["cells"].append(code(helper, id="added"))
    assert plan(solved).cells[-1].source.strip() == "def helper():\n    return 1"


def test_a_script_brings_the_given_cells_that_it_needs(plan: Any, solved: Any):
    """With the names for which: a check that stands in for them keeps the cell from running."""
    loop = LOOPS["for"] + "\n    evaluate(env, model)"
    cell_of(solved, "training_loop_solution")["source"] = loop
    needs = {cell.name: names for cell, names in plan(solved).scripts["training_loop"].needs}
    assert needs["evaluate"] == ("evaluate",)


def test_a_cell_with_nothing_but_comments_does_not_run(plan: Any, solved: Any):
    """A place for notes, or for an extra that nobody wrote."""
    solved["cells"].append(code("# my ideas\n\n  # later"))
    assert not [name for name in names(plan(solved)) if name.startswith("your code cell")]
