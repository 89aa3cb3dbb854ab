"""The training loop once more: in the small game as a proof, and from where somebody stopped it."""

import csv

import pytest

from benchmarks import notebook
from tests.helpers import again
from tests.helpers.again import LOOP

pytestmark = pytest.mark.heavy

NO_TRAINING = LOOP.replace(
    "train(model, episode, gamma)", "episode or train(model, episode, gamma)"
)


def test_who_stops_the_loop_goes_on_from_there(elsewhere, tmp_path):
    """The scores stand in one list, the episodes are as many as were wanted, and the model is saved."""
    found = elsewhere(again.gone_on, tmp_path, [-1.0, -2.0])
    assert found["scores"] == [-1.0, -2.0, 1.0, 2.0, 3.0]
    assert found["nr_episodes"] == 5
    assert found["saved"]


def test_who_stops_it_again_loses_nothing(elsewhere, tmp_path):
    """What was played until then is kept, too, and what the model has learned is saved."""
    found = elsewhere(again.gone_on, tmp_path, [-1.0], stops_at=2)
    assert "Stopped after 2 of 5 episodes." in found["said"]
    assert found["scores"] == [-1.0, 1.0]
    assert found["nr_episodes"] == 5
    assert found["saved"]


def test_who_goes_on_sees_one_curve_of_all_episodes(elsewhere, tmp_path):
    """With their own numbers, as if nobody had stopped; afterwards the notebook's functions are its own."""
    found = elsewhere(again.gone_on, tmp_path, [-1.0, -2.0])
    assert found["curves"][0] == 5
    assert found["curves"][1] == ([-1.0, -2.0, 1.0], "Episode 3")
    assert found["curves"][-1][1] == "Episode 5"
    assert found["own_curve"]


def test_after_the_last_episode_there_is_nothing_to_go_on_with(elsewhere, tmp_path):
    """Nothing is played, and a line says so: a notebook can be run from top to bottom."""
    found = elsewhere(again.gone_on, tmp_path, [0.0] * 5)
    assert found["said"] == "All 5 episodes have been played.\n"
    assert not found["played"]


@pytest.mark.parametrize("name", ["go_on", "learn_to_catch"])
def test_a_loop_that_was_not_run_cannot_run_again(elsewhere, name):
    """A line says what to do."""
    assert "Run the cell of the training loop first" in elsewhere(again.without_a_loop, name)


def test_the_small_game_leaves_the_notebook_alone(elsewhere, tmp_path):
    """Its model, its scores and its files; another environment and another model play."""
    found = elsewhere(again.small_game, tmp_path)
    assert found["scores"] == [3.0]
    assert found["files"] == 0
    assert set(found["games"]) == {"CatchEnv"}
    assert not found["own_model_plays"]


def test_a_loop_of_which_the_small_game_is_no_part_gets_a_line(elsewhere, tmp_path):
    """What is right in Pong may do something of its own."""
    found = elsewhere(again.small_game, tmp_path, "\nenv.ale.lives()")
    assert "stopped with AttributeError" in found["said"]


def test_the_masters_pieces_learn_the_small_game(elsewhere):
    """All seven of them, in as many episodes as a student sees."""
    assert elsewhere(again.learns).startswith("✓ It learns")


def test_who_does_not_train_does_not_learn_it(elsewhere):
    """The line says so."""
    assert NO_TRAINING != LOOP
    assert elsewhere(again.learns, NO_TRAINING).startswith("✗ It should have learned")


def test_all_ten_seeds_that_the_notebook_tells_of_learned(elsewhere):
    """figures/catch.csv, which `python -m tools.small_game` wrote, has what the text says."""
    with (notebook.FOLDER / "figures" / "catch.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    scores: dict[str, list[float]] = {}
    for row in rows:
        scores.setdefault(row["seed"], []).append(float(row["score"]))
    assert len(scores) == 10
    assert elsewhere(again.all_learned, list(scores.values()))
