"""Plays the extra without points, for tests. It loads TensorFlow, so it is called in a process of its own."""

import contextlib
import io
import os

import numpy as np

from benchmarks import notebook


def module():
    """The module, which lies beside the notebook."""
    notebook.import_modules()
    from visible import extra

    return extra


def played(episodes, stops_at=None):
    """Play this many real games with a `train_on_points` that only counts; return what came of it."""
    os.environ["NR_EPISODES"] = str(episodes)
    extra, names = module(), notebook.solutions("hyperparameters")
    trained, plotted = [], []

    def train_on_points(model, episode, gamma):
        trained.append(episode.score)
        if len(trained) == stops_at:
            raise KeyboardInterrupt

    names["train_on_points"] = train_on_points
    extra.plot = lambda *curves: plotted.extend(map(len, curves))
    with contextlib.redirect_stdout(io.StringIO()) as said:
        extra.play_for_points(names)
    return {
        "said": said.getvalue(), "lines": said.getvalue().count("Episode "),
        "plotted": plotted, "trained": len(trained),
    }  # fmt: skip


def without():
    """What is said where the student has written nothing."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        module().play_for_points({})
    return said.getvalue()


def entropies():
    """The entropy of policies that prefer nothing, and of one that is certain."""
    extra = module()
    return extra.entropy(np.full((3, 6), 1 / 6)), extra.entropy(np.eye(6)[:1])
