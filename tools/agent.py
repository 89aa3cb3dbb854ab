"""The trained agent: take it over from a training run, measure it, and write its model card.

python -m tools.agent install build/agent   take over what ppo.py has left in that folder
python -m tools.agent evaluate              play 100 games of each kind, print the table
python -m tools.agent card                  write the model card from what is known
"""

import argparse
import hashlib
import importlib
import json
import math
import os
import shutil
import sys
from pathlib import Path

import h5py
import numpy as np

from benchmarks import machine, notebook
from tools.portable import make_portable

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = ROOT / "source" / "policy_gradient"
TRAINED = ASSIGNMENT / "trained"
KEPT = ("pong.h5", "settings.json", "learning_curve.csv", "learning_curve.png")
MAX_NO_OPS = 30
BAR_EPISODES = 100  # fewer are a try, and not kept
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def main():
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description="Take over, measure and describe the agent.")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("install", help="take over the result of a training run")
    command.add_argument("folder", type=Path)
    command.set_defaults(run=lambda arguments: install(arguments.folder))
    command = commands.add_parser("evaluate", help="play games and print the table")
    command.add_argument("--episodes", type=int, default=100, help="of each kind")
    command.add_argument("--model", type=Path, default=TRAINED / "pong.h5")
    command.set_defaults(run=lambda arguments: evaluate(arguments.model, arguments.episodes))
    command = commands.add_parser("card", help="write the model card")
    command.set_defaults(run=lambda arguments: write_card())
    arguments = parser.parse_args()
    arguments.run(arguments)


def assignment(name):
    """Import a module of the assignment as a student's program would."""
    notebook.import_modules()
    return importlib.import_module(name)


def install(folder):
    """Copy the policy, its settings and its learning curve to where students get them from.

    Raises:
        SystemExit: if the run in the folder is not over.
    """
    missing = [name for name in KEPT if not (folder / name).exists()]
    if missing:
        raise SystemExit(f"{folder} holds no finished run: {', '.join(missing)} is missing.")
    settings = json.loads((folder / "settings.json").read_text())
    batch = settings["games"] * settings["horizon"]
    done = assignment("progress").read_rows(folder / "learning_curve.csv")[-1]["steps"]
    wanted = settings["steps"] // batch * batch
    if done < wanted:
        raise SystemExit(f"The run in {folder} has done {done:,} of {wanted:,} steps: go on first.")
    TRAINED.mkdir(exist_ok=True)
    (TRAINED / "evaluation.json").unlink(missing_ok=True)  # it was of another agent
    for name in KEPT:
        shutil.copyfile(folder / name, TRAINED / name)
    make_portable(TRAINED / "pong.h5")
    write_json("machine.json", {name: machine.facts()[name] for name in ("processor", "cores")})


def evaluate(path, episodes):
    """Play games of both kinds, print the table and, for the agent itself, keep it.

    Args:
        path: a model of Keras, from observations to probabilities.
        episodes: games of each kind.
    """
    import keras

    if not path.exists():
        raise SystemExit(f"There is no agent at {path} yet: `make agent` trains one.")
    model = keras.models.load_model(path, compile=False)
    rows = []
    for kind, games in KINDS.items():
        print(f"{episodes} games after {kind} ...", file=sys.stderr, flush=True)
        rows.append({"start": kind, **summary(*games(model, episodes))})
    print(table(rows))
    if path.resolve() == TRAINED / "pong.h5" and episodes >= BAR_EPISODES:
        write_json("evaluation.json", {"agent": digest(path), "games": rows})
        write_card()


def after_no_ops(model, episodes):
    """Play games of `PongEnv` that begin with 0 to 30 steps of NOOP; return scores and starts."""
    counts = [np.random.default_rng(seed).integers(MAX_NO_OPS + 1) for seed in range(episodes)]
    return play(model, [(0,) * count for count in counts])


def after_random_actions(model, episodes):
    """Play games of `PongEnv` that begin with 30 random actions; return scores and starts."""
    randoms = [np.random.default_rng(seed) for seed in range(episodes)]
    return play(model, [tuple(random.integers(6, size=30).tolist()) for random in randoms])


def after_frames(model, episodes):
    """Play games that begin with 0 to 29 emulator frames of NOOP; return scores and starts."""
    games = assignment("games")
    together = games.Games(episodes, MAX_NO_OPS)
    scores = games.play_greedily(together, model, seed=0)
    return scores, together.no_ops.tolist()


def play(model, starts):
    """Play a game with the most probable actions after each start; return (scores, starts).

    Args:
        model: from observations to probabilities.
        starts: for each game a tuple of actions that are taken first.
    """
    envs = [assignment("policy_gradient").PongEnv(max_steps=None) for _ in starts]
    observations = np.empty((len(starts), 80, 80, 2), np.float32)
    scores, running = np.zeros(len(starts)), np.ones(len(starts), bool)
    for seed, (env, start) in enumerate(zip(envs, starts, strict=True)):
        observations[seed], _ = env.reset(seed=seed)
        for action in start:
            observations[seed], reward, *_ = env.step(action)
            scores[seed] += reward
    while running.any():
        # All games in one prediction, also those that are over: the batch keeps its size.
        actions = model.predict_on_batch(observations).argmax(axis=1)
        for i in np.flatnonzero(running):
            observations[i], reward, terminated, truncated, _ = envs[i].step(int(actions[i]))
            scores[i] += reward
            running[i] = not (terminated or truncated)
    return scores, starts


KINDS = {
    "0 to 30 steps without an action": after_no_ops,
    "0 to 29 emulator frames without an action": after_frames,
    "30 random actions": after_random_actions,
}


def digest(path):
    """Return the SHA-256 of a saved model's weights: an evaluation is of these and no others."""
    found = hashlib.sha256()
    with h5py.File(path) as file:
        file["model_weights"].visititems(
            lambda name, item: found.update(item[()].tobytes()) if hasattr(item, "dtype") else None
        )
    return found.hexdigest()


def summary(scores, starts):
    """Return what the table says about the scores of some games, begun in these ways."""
    return {
        "episodes": len(scores),
        "different starts": len(set(starts)),
        "mean": round(float(np.mean(scores)), 3),
        "worst": int(np.min(scores)),
        "lost": int(np.sum(scores < 0)),
        "without a point for the computer": int(np.sum(scores == 21)),
    }


def table(rows):
    """Return rows as a Markdown table."""
    lines = [list(rows[0]), ["---"] + ["---:"] * (len(rows[0]) - 1)]
    lines += [[str(value) for value in row.values()] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def write_json(name, value):
    """Keep a value beside the agent."""
    (TRAINED / name).write_text(json.dumps(value, indent=2) + "\n")


def read_json(name):
    """Return a value that is kept beside the agent."""
    return json.loads((TRAINED / name).read_text())


def write_card():
    """Write `trained/README.md`."""
    (TRAINED / "README.md").write_text(card())


def card():
    """Return the model card: settings, steps, hours and scores, as they are kept beside it."""
    settings = read_json("settings.json")
    rows = assignment("progress").read_rows(TRAINED / "learning_curve.csv")
    last, tried = rows[-1], [row for row in rows if not math.isnan(row["argmax_score"])]
    return CARD.format(
        steps=last["steps"],
        frames=4 * last["steps"],
        hours=last["minutes"] / 60,
        kept=max(tried, key=lambda row: (row["argmax_score"], row["steps"]))["steps"],
        settings="\n".join(f"| `{name}` | {value:,} |" for name, value in settings.items()),
        evaluation=table(read_json("evaluation.json")["games"]),
        **read_json("machine.json"),
        **{name: settings[name] for name in ("seed", "games")},
    )


CARD = """\
# The trained agent

`pong.h5` is the network of the exercise, 235,558 parameters from two frames of 80 x 80 pixels to the
probabilities of six actions, trained with PPO by `ppo.py` in the folder `ppo` beside this one.

```python
agent = keras.models.load_model("trained/pong.h5", compile=False)
```

## How well it plays

With its most probable action in every step, against the computer, each game to its end:

{evaluation}

Pong itself leaves nothing to chance, so games differ only in how they begin, and two games with the
same start are the same game. Starts without an action were part of the training; random actions were not.
In the project's repository, `make evaluate-agent` plays all these games again.

## How it was trained

One run with seed {seed}: {steps:,} steps in {games} games at the same time, which is {frames:,} frames
of the emulator, in {hours:.1f} hours on {cores} cores of a processor ({processor}). Now and then the policy
played {games} games with its most probable actions, and the one that did best is kept, the later one of
equals: that was after {kept:,} steps. As the figure shows, the last policy is not always the best one.

![Score against steps, while learning and of the trials with the most probable actions](learning_curve.png)

The numbers are in `learning_curve.csv` (`nan` where the policy was not tried with its most probable
actions), the meaning of the settings in `ppo.py`:

| setting | value |
|---|---:|
{settings}

## What it is not

It knows this game, this computer opponent and this environment, in which an action always does what it
says. It was not tried with actions that are sometimes held for longer (sticky actions), with another
frame skip or against people.
"""


if __name__ == "__main__":
    main()
