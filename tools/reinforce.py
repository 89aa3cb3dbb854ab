"""What REINFORCE reaches in the notebook's 250 episodes: run it for several seeds and draw it.

`python -m tools.reinforce` runs the master notebook's own solutions with its own hyperparameters
(only `predict_on_batch` is replaced, by a faster one with the same numbers), one seed after the
other, each in a file under build/reinforce. Seeds that have been run are not run again. It writes
figures/reinforce.csv and figures/reinforce.png beside the notebook.
"""

import argparse
import contextlib
import csv
import os
import sys
import time
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from benchmarks import notebook

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = ROOT / "source" / "policy_gradient"
RUNS = ROOT / "build" / "reinforce"
FIGURES = ASSIGNMENT / "figures"
COLUMNS = ("seed", "episode", "steps", "score")
SMOOTH = 25  # episodes that the mean in the figure is taken over


def main():
    """Run the seeds that are missing, then write the table and the figure of all of them."""
    parser = argparse.ArgumentParser(description="Run the notebook's REINFORCE several times.")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    arguments = parser.parse_args()
    RUNS.mkdir(parents=True, exist_ok=True)
    for seed in arguments.seeds:
        if not run_file(seed).exists():
            run(seed)
    rows = [row for seed in arguments.seeds for row in read(run_file(seed))]
    write(FIGURES / "reinforce.csv", rows)
    draw(rows).savefig(FIGURES / "reinforce.png", dpi=110, metadata={"Software": None})
    for name, value in summary(rows).items():
        print(f"{name}: {value:.1f}")


def run_file(seed):
    """Return where the run with this seed is kept."""
    return RUNS / f"seed-{seed}.csv"


def run(seed):
    """Train for the notebook's number of episodes and write the run's file when it is over."""
    os.environ.pop("NR_EPISODES", None)
    names = notebook.solutions("hyperparameters", "evaluate")
    env, model = beginner(names, seed)
    rows, start = [], time.monotonic()
    for number, episode in played(names, env, model):
        rows.append((seed, number, episode.length, int(episode.score)))
        minutes = (time.monotonic() - start) / 60
        print(f"seed {seed}, episode {number}: {episode.score:.0f}, {minutes:.1f} min", flush=True)
    with contextlib.redirect_stdout(sys.stderr):
        score = names["evaluate"](env, model)
    print(f"seed {seed}: with the most probable actions {score:.0f}", flush=True)
    write(run_file(seed), rows)


def beginner(names, seed):
    """Return an environment and a model that has learned nothing, made and compiled as `names` do."""
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(seed)
    env, model = names["PongEnv"](), names["build_model"]()
    names["compile_model"](model, names["learning_rate"])
    # The same prediction with less of Keras around it: it saves time and changes nothing else.
    predict = tf.function(model, reduce_retracing=True)
    model.predict_on_batch = lambda batch: predict(batch).numpy()
    return env, model


def played(names, env, model):
    """Play and train as the notebook does; yield (number, episode) before the model is trained on it."""
    for number in range(1, names["nr_episodes"] + 1):
        episode = names["run_episode"](env, model)
        yield number, episode
        names["train"](model, episode, names["gamma"])


def read(path):
    """Return the rows of a run, tuples of integers."""
    with path.open(newline="") as file:
        return [tuple(int(row[name]) for name in COLUMNS) for row in csv.DictReader(file)]


def write(path, rows):
    """Write rows under their columns' names."""
    with path.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])


def scores(rows):
    """Return the scores, shape (seeds, episodes)."""
    seeds = sorted({row[0] for row in rows})
    return np.array([[row[3] for row in rows if row[0] == seed] for seed in seeds])


def summary(rows):
    """Return what the notebook tells: mean scores of the first and last 25 episodes, and more."""
    table = scores(rows)
    first, last = table[:, :SMOOTH].mean(axis=1), table[:, -SMOOTH:].mean(axis=1)
    return {
        "first episodes": first.mean(),
        "last episodes": last.mean(),
        "last episodes of the worst seed": last.min(),
        "last episodes of the best seed": last.max(),
        "runs that ended lower": int((last < first).sum()),
        "best score": table.max(),
        "steps of all episodes of a seed": sum(row[2] for row in rows) / len(table),
    }


def draw(rows):
    """Return a figure of the scores of all seeds, single episodes faint and running means bold."""
    figure = Figure(figsize=(10, 4), layout="constrained")
    axes = figure.subplots()
    seeds = sorted({row[0] for row in rows})
    for seed, values in zip(seeds, scores(rows), strict=True):
        (line,) = axes.plot(
            np.arange(SMOOTH, len(values) + 1),
            np.convolve(values, np.ones(SMOOTH) / SMOOTH, mode="valid"),
            linewidth=2,
            label=f"seed {seed}",
        )
        axes.plot(
            np.arange(1, len(values) + 1),
            values,
            ".",
            markersize=2,
            alpha=0.4,
            color=line.get_color(),
        )
    axes.set(xlabel="episode", ylabel="score", ylim=(-21.5, 21.5))
    axes.axhline(0, color="#333333", linewidth=0.5)
    axes.grid(alpha=0.3)
    axes.legend(loc="upper right", ncols=5)
    return figure


if __name__ == "__main__":
    main()
