"""The training loop once more: in the small game as a proof, and from where somebody stopped it."""

import contextlib
import csv
import io
import os
from pathlib import Path

import pytest

from benchmarks import notebook

(LOOP,) = [cell.source for cell in notebook.cells() if cell.grade_id == notebook.TRAINING_LOOP]
NO_TRAINING = LOOP.replace(
    "train(model, episode, gamma)", "episode or train(model, episode, gamma)"
)
FIGURES = notebook.FOLDER / "figures"


class Game:
    """An episode of which only the score matters."""

    length = 1

    def __init__(self, score):
        self.score = score


@pytest.fixture
def names(monkeypatch):
    """A notebook whose games cost nothing: the n-th episode has the score n."""
    monkeypatch.delenv("NR_EPISODES", raising=False)
    found = notebook.solutions("hyperparameters") | {
        "In": ["", LOOP],
        "env": None,
        "nr_episodes": 5,
    }
    played = found["played"] = []

    class Model:
        def save(self, file):
            Path(file).write_text("saved")

    def run_episode(env, model):
        played.append((env, model))
        return Game(float(len(played)))

    return found | {
        "model": Model(), "build_model": Model, "compile_model": lambda model, rate: None,
        "run_episode": run_episode, "train": lambda model, episode, gamma: None,
    }  # fmt: skip


def again():
    """The module, which lies beside the notebook."""
    notebook.import_modules()
    from visible import again as module

    return module


def says(function, names) -> str:
    """What it prints."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        function(names)
    return printed.getvalue()


@pytest.mark.heavy
def test_who_stops_the_loop_goes_on_from_there(names, tmp_path, monkeypatch):
    """The scores stand in one list, the episodes are as many as were wanted, and the model is saved."""
    monkeypatch.chdir(tmp_path)
    names["scores"] = [-1.0, -2.0]
    again().go_on(names)
    assert names["scores"] == [-1.0, -2.0, 1.0, 2.0, 3.0]
    assert names["nr_episodes"] == 5
    assert (tmp_path / "pong.keras").exists()


@pytest.mark.heavy
def test_who_stops_it_again_loses_nothing(names, tmp_path, monkeypatch):
    """What was played until then is kept, too, and what the model has learned is saved."""

    def stopped(model, episode, gamma):
        if episode.score == 2:
            raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    names |= {"scores": [-1.0], "train": stopped}
    said = says(again().go_on, names)
    assert "Stopped after 2 of 5 episodes." in said
    assert names["scores"] == [-1.0, 1.0]
    assert names["nr_episodes"] == 5
    assert (tmp_path / "pong.keras").exists()


@pytest.mark.heavy
def test_who_goes_on_sees_one_curve_of_all_episodes(names, tmp_path, monkeypatch):
    """With their own numbers, as if nobody had stopped; afterwards the notebook's functions are its own."""
    monkeypatch.chdir(tmp_path)
    seen = []
    names |= {
        "scores": [-1.0, -2.0],
        "create_curve": lambda episodes: seen.append(episodes) or type("Curve", (), {})(),
        "update_curve": lambda curve, scores, line: seen.append((list(scores), line.split(":")[0])),
    }
    own = names["update_curve"]
    again().go_on(names)
    assert seen[0] == 5
    assert seen[1] == ([-1.0, -2.0, 1.0], "Episode 3")
    assert seen[-1][1] == "Episode 5"
    assert names["update_curve"] is own


@pytest.mark.heavy
def test_after_the_last_episode_there_is_nothing_to_go_on_with(names):
    """Nothing is played, and a line says so: a notebook can be run from top to bottom."""
    names["scores"] = [0.0] * 5
    assert says(again().go_on, names) == "All 5 episodes have been played.\n"
    assert not names["played"]


@pytest.mark.heavy
@pytest.mark.parametrize("name", ["go_on", "learn_to_catch"])
def test_a_loop_that_was_not_run_cannot_run_again(names, name):
    """A line says what to do."""
    assert "Run the cell of the training loop first" in says(
        getattr(again(), name), names | {"In": []}
    )


@pytest.mark.heavy
def test_the_small_game_leaves_the_notebook_alone(names, tmp_path, monkeypatch):
    """Its model, its scores and its files; another environment and another model play."""
    monkeypatch.chdir(tmp_path)
    names["scores"] = before = [3.0]
    own = names["model"]
    says(again().learn_to_catch, names)
    assert names["scores"] is before
    assert not list(tmp_path.iterdir())
    assert all(
        type(env).__name__ == "CatchEnv" and model is not own for env, model in names["played"]
    )


@pytest.mark.heavy
def test_a_loop_of_which_the_small_game_is_no_part_gets_a_line(names):
    """What is right in Pong may do something of its own."""
    names["In"].append(LOOP + "\nenv.ale.lives()")
    assert "stopped with AttributeError" in says(again().learn_to_catch, names)


@pytest.mark.heavy
def test_the_masters_pieces_learn_the_small_game():
    """All seven of them, in as many episodes as a student sees."""
    import keras

    keras.utils.set_random_seed(11)
    os.environ.pop("NR_EPISODES", None)
    found = notebook.solutions("hyperparameters") | {"In": [LOOP]}
    assert says(again().learn_to_catch, found).splitlines()[-1].startswith("✓ It learns")


@pytest.mark.heavy
def test_who_does_not_train_does_not_learn_it():
    """The line says so."""
    found = notebook.solutions("hyperparameters") | {"In": [NO_TRAINING]}
    assert NO_TRAINING != LOOP
    assert (
        says(again().learn_to_catch, found).splitlines()[-1].startswith("✗ It should have learned")
    )


def test_all_ten_seeds_that_the_notebook_tells_of_learned():
    """figures/catch.csv, which `python -m tools.small_game` wrote, has what the text says."""
    with (FIGURES / "catch.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    scores: dict[str, list[float]] = {}
    for row in rows:
        scores.setdefault(row["seed"], []).append(float(row["score"]))
    assert len(scores) == 10
    assert all(again().learned(each) for each in scores.values())
