"""Runs the training loop once more, for tests: with games that cost nothing, or for real in the small game.

It loads TensorFlow, so it is called in a process of its own (`elsewhere`).
"""

import contextlib
import io
import os
from pathlib import Path

from benchmarks import notebook

(LOOP,) = [cell.source for cell in notebook.cells() if cell.grade_id == notebook.TRAINING_LOOP]
EPISODES = 5


class Game:
    """An episode of which only the score matters."""

    length = 1

    def __init__(self, score):
        self.score = score


class Model:
    """A model that can only be saved."""

    def save(self, file):
        """Leave a file."""
        Path(file).write_text("saved")


def again():
    """The module, which lies beside the notebook."""
    os.environ.pop("NR_EPISODES", None)
    notebook.import_modules()
    from visible import again as module

    return module


def short_games():
    """A notebook whose games cost nothing: the n-th episode has the score n; `played` has who played them."""
    found = notebook.solutions("hyperparameters") | {"In": ["", LOOP], "env": None}
    played = []

    def run_episode(env, model):
        played.append((env, model))
        return Game(float(len(played)))

    return found | {
        "model": Model(), "build_model": Model, "compile_model": lambda model, rate: None,
        "run_episode": run_episode, "train": lambda model, episode, gamma: None,
        "nr_episodes": EPISODES, "played": played,
    }  # fmt: skip


def said(function, names):
    """What it prints."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        function(names)
    return printed.getvalue()


def gone_on(folder, scores, stops_at=None):
    """Go on after these scores, stopped at an episode's score if that is said; return what came of it."""
    os.chdir(folder)
    names, curves = short_games(), []

    def train(model, episode, gamma):
        if episode.score == stops_at:
            raise KeyboardInterrupt

    def update_curve(curve, scores, line):
        curves.append((list(scores), line.split(":")[0]))

    names |= {
        "scores": scores, "train": train, "update_curve": update_curve,
        "create_curve": lambda episodes: curves.append(episodes) or type("Curve", (), {})(),
    }  # fmt: skip
    text = said(again().go_on, names)
    return {
        "said": text, "scores": names["scores"], "nr_episodes": names["nr_episodes"], "curves": curves,
        "saved": Path("pong.keras").exists(), "played": len(names["played"]),
        "own_curve": names["update_curve"] is update_curve,
    }  # fmt: skip


def without_a_loop(name):
    """What a function says in a notebook in which no loop was run."""
    return said(getattr(again(), name), short_games() | {"In": []})


def small_game(folder, more=""):
    """Play the small game with a loop that ends with `more`; return what the notebook has afterwards."""
    os.chdir(folder)
    names = short_games()
    names["scores"], own = [3.0], names["model"]
    names["In"].append(LOOP + more)
    text = said(again().learn_to_catch, names)
    return {
        "said": text, "scores": names["scores"], "files": len(list(Path().iterdir())),
        "games": [type(env).__name__ for env, _ in names["played"]],
        "own_model_plays": any(model is own for _, model in names["played"]),
    }  # fmt: skip


def learns(loop=LOOP):
    """The last line about the master's pieces in the small game, with this loop."""
    import keras

    module = again()
    keras.utils.set_random_seed(11)
    names = notebook.solutions("hyperparameters") | {"In": [loop]}
    return said(module.learn_to_catch, names).splitlines()[-1]


def all_learned(runs):
    """Whether the scores of each run pass for learned."""
    return all(again().learned(scores) for scores in runs)
