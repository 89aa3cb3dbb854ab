"""What the notebook's extra reaches: returns that start anew after each point, and a larger learning rate.

`python -m tools.extra` runs the master's own solutions in Pong with these two changes, one seed after the
other, each in a file under build/extra; seeds that have been run are not run again. It writes
figures/extra.csv and figures/extra.png beside the notebook, and prints what the text says of them.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from benchmarks import notebook
from tools import reinforce

RUNS = reinforce.ROOT / "build" / "extra"
COLUMNS = ("seed", "episode", "steps", "score", "entropy")
EPISODES = 250
SMOOTH = reinforce.SMOOTH


def main() -> None:
    """Run the seeds that are missing, then write the table and the figure of all of them."""
    parser = argparse.ArgumentParser(description="Run the notebook's extra several times.")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    arguments = parser.parse_args()
    RUNS.mkdir(parents=True, exist_ok=True)
    for seed in arguments.seeds:
        if not file_of(seed).exists():
            run(seed)
    rows = [row for seed in arguments.seeds for row in read(file_of(seed))]
    write(reinforce.FIGURES / "extra.csv", rows)
    drawn = draw(rows)
    drawn.savefig(reinforce.FIGURES / "extra.png", dpi=100, metadata={"Software": None})
    for seed, numbers in summary(rows).items():
        print(seed, *(f"{number:.2f}" for number in numbers))


def summary(rows: list[Any]) -> dict[int, tuple[float, float, float, float]]:
    """Return for each seed the mean scores of the first and the last games, and the entropies of both."""
    return {
        seed: tuple(
            float(some[:, column].mean())
            for column in (3, 4)
            for some in (table[:SMOOTH], table[-SMOOTH:])
        )
        for seed, table in by_seed(rows).items()
    }


def file_of(seed: int) -> Path:
    """Return where the run with this seed is kept."""
    return RUNS / f"seed-{seed}.csv"


def run(seed: int) -> None:
    """Train for EPISODES episodes, and write the run's file when it is over."""
    names = notebook.solutions("hyperparameters")
    from visible import extra  # as it lies beside the notebook

    names |= {"nr_episodes": EPISODES, "learning_rate": extra.LEARNING_RATE}
    names["discount_rewards"] = anew(names["discount_rewards"])  # which train looks up there
    env, model = reinforce.beginner(names, seed)
    rows = []
    for number, episode in reinforce.played(names, env, model):
        policies = model.predict_on_batch(episode.get()[0][:: extra.LOOKED_AT])
        uncertain = extra.entropy(policies)
        rows.append((seed, number, episode.length, int(episode.score), round(uncertain, 4)))
        print(f"seed {seed}, episode {number}: {episode.score:.0f}, {uncertain:.2f}", flush=True)
    write(file_of(seed), rows)


def anew(discount: Any) -> Any:
    """Return a discount_rewards for which each point ends an episode of its own."""

    def of_each_point(rewards: Any, gamma: float) -> Any:
        parts = np.split(rewards, np.flatnonzero(rewards) + 1)
        return np.concatenate([discount(part, gamma) for part in parts if len(part)])

    return of_each_point


def read(path: Path) -> list[tuple[float, ...]]:
    """Return the rows of a run."""
    with path.open(newline="") as file:
        return [tuple(float(row[name]) for name in COLUMNS) for row in csv.DictReader(file)]


def write(path: Path, rows: list[Any]) -> None:
    """Write rows under their columns' names."""
    with path.open("w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows([[f"{value:g}" for value in row] for row in rows])


def by_seed(rows: list[Any]) -> dict[int, Any]:
    """Return the rows of each seed as an array (episodes, 5)."""
    return {
        int(s): np.array([row for row in rows if row[0] == s])
        for s in sorted({row[0] for row in rows})
    }


def smoothed(table: Any) -> Any:
    """Return the mean scores of each SMOOTH games in a row of a seed, shape (episodes - SMOOTH + 1,)."""
    return np.convolve(table[:, 3], np.ones(SMOOTH) / SMOOTH, mode="valid")


def draw(rows: list[Any]) -> Figure:
    """Return a figure of the scores (running means) above the entropies, a colour for each seed."""
    figure = Figure(figsize=(9, 5), layout="constrained")
    above, below = figure.subplots(2, 1, sharex=True)
    for seed, table in by_seed(rows).items():
        above.plot(table[SMOOTH - 1 :, 1], smoothed(table), linewidth=2, label=f"seed {seed}")
        below.plot(table[:, 1], table[:, 4], linewidth=1.5)
    above.set(ylabel=f"score, mean of {SMOOTH}")
    below.set(xlabel="episode", ylabel="entropy of the policy", ylim=(0, 1.85))
    for axes in (above, below):
        axes.grid(alpha=0.3)
    above.legend(ncols=5)
    return figure


if __name__ == "__main__":
    main()
