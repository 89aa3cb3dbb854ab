"""The trained agent is the network of the exercise, owns the game, and its card says what was measured."""

import contextlib
import io
import json

import h5py
import pytest

from tests.helpers import learning
from tests.helpers.assignment import load_assignment_module
from tools import agent

BAR = 20.9  # mean score over 100 episodes

progress = load_assignment_module("progress")


def load():
    """Return the agent as the notebook loads it."""
    import keras

    return keras.models.load_model(agent.TRAINED / "pong.h5", compile=False)


def describe():
    """Return (name, summary) of the agent."""
    text = io.StringIO()
    model = load()
    model.summary(print_fn=lambda line: text.write(line + "\n"))
    return model.name, text.getvalue()


def play_from_different_starts(kind, episodes):
    """Return the scores of a few games."""
    scores, _ = agent.KINDS[kind](load(), episodes)
    return list(scores)


def play_the_notebooks_game():
    """Return what the notebook's `evaluate` returns for the agent, in the environment of its own."""
    names = learning.module("exercise").functions()
    env = names["PongEnv"](render_mode="rgb_array")
    with contextlib.redirect_stdout(io.StringIO()):
        return names["evaluate"](env, load())


def test_its_summary_is_the_one_of_the_exercise(elsewhere):
    """Any Keras opens it, and it shows the layers that the notebook's table lists."""
    name, summary = elsewhere(describe)
    assert name == "pong"
    for shown in (
        "19, 19, 32",
        "4, 4, 64",
        "1024",
        "3,168",
        "100,416",
        "131,200",
        "774",
        "235,558",
    ):
        assert shown in summary


def test_it_says_of_its_layers_only_what_any_keras_understands():
    """Each version writes all parameters of a layer, and refuses those that only a later one knows."""
    with h5py.File(agent.TRAINED / "pong.h5") as file:
        layers = json.loads(file.attrs["model_config"])["config"]["layers"]
    known = {
        "name",
        "trainable",
        "dtype",
        "batch_shape",
        "sparse",
        "ragged",
        "filters",
        "kernel_size",
    }
    known |= {"strides", "data_format", "dilation_rate", "activation", "units"}  # since Keras 3.0
    assert set().union(*(layer["config"] for layer in layers)) <= known


@pytest.mark.parametrize("kind", agent.KINDS)
def test_it_wins_from_whatever_start(elsewhere, kind):
    """A few of the games of `make evaluate-agent`."""
    scores = elsewhere(play_from_different_starts, kind, 6)
    assert min(scores) > 0
    assert sum(scores) / len(scores) > BAR - 1


def test_it_wins_the_game_that_the_notebook_shows(elsewhere):
    """It wins within the 2000 steps after which the notebook's environment ends an episode."""
    assert elsewhere(play_the_notebooks_game) >= 20


def test_it_was_measured_to_be_above_the_bar():
    """100 games of each kind, none lost; those after random actions are all different ones."""
    rows = agent.read_json("evaluation.json")["games"]
    assert [row["start"] for row in rows] == list(agent.KINDS)
    for row in rows:
        assert row["episodes"] >= 100
        assert row["mean"] >= BAR
        assert row["lost"] == 0


def test_the_measured_weights_are_those_that_lie_there():
    """An evaluation of other weights says nothing."""
    weights = agent.TRAINED / "pong.h5"
    assert agent.read_json("evaluation.json")["agent"] == agent.digest(weights)


def test_its_training_was_finished():
    """The learning curve ends where the settings say, and some trial was above the bar."""
    rows = progress.read_rows(agent.TRAINED / "learning_curve.csv")
    settings = agent.read_json("settings.json")
    batch = settings["games"] * settings["horizon"]
    assert rows[-1]["steps"] == settings["steps"] // batch * batch
    assert (
        max(row["argmax_score"] for row in rows if row["argmax_score"] == row["argmax_score"])
        >= BAR
    )


def test_its_training_took_at_most_two_hours():
    """As the learning curve says, on the machine that the card names."""
    assert progress.read_rows(agent.TRAINED / "learning_curve.csv")[-1]["minutes"] <= 120


def test_its_card_is_made_from_what_is_kept_beside_it():
    """Settings, hours and scores of the card are those of the files."""
    assert (agent.TRAINED / "README.md").read_text() == agent.card()


def test_the_readme_shows_the_same_table():
    """What `make evaluate-agent` printed."""
    table = agent.table(agent.read_json("evaluation.json")["games"])
    assert table in (agent.ROOT / "README.md").read_text()
