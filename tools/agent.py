"""The trained agent: take it over from a training run, measure it, and write its model card.

python -m tools.agent install build/agent   take over what ppo.py has left in that folder
python -m tools.agent evaluate              play 100 games of each kind, print the table
python -m tools.agent card                  write the model card from what is known
"""

import argparse
import importlib
import json
import os
import shutil
import sys
from pathlib import Path

import numpy as np

from benchmarks import machine

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = ROOT / "source" / "policy_gradient"
TRAINED = ASSIGNMENT / "trained"
KEPT = ("pong.h5", "settings.json", "learning_curve.csv", "learning_curve.png")
MAX_NO_OPS = 30
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
    if str(ASSIGNMENT) not in sys.path:
        sys.path.insert(0, str(ASSIGNMENT))
    return importlib.import_module(name)


def install(folder):
    """Copy the policy, its settings and its learning curve to where students get them from.

    Raises:
        SystemExit: if the run in the folder is not over.
    """
    missing = [name for name in KEPT if not (folder / name).exists()]
    if missing:
        raise SystemExit(f"{folder} holds no finished run: {', '.join(missing)} is missing.")
    done = assignment("progress").read_rows(folder / "learning_curve.csv")[-1]["steps"]
    wanted = json.loads((folder / "settings.json").read_text())["steps"]
    if done < 0.99 * wanted:
        raise SystemExit(f"The run in {folder} has done {done:,} of {wanted:,} steps: go on first.")
    TRAINED.mkdir(exist_ok=True)
    for name in KEPT:
        shutil.copyfile(folder / name, TRAINED / name)
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
    for kind, play in KINDS.items():
        print(f"{episodes} games after {kind} ...", file=sys.stderr, flush=True)
        rows.append({"start": kind, **summary(play(model, episodes))})
    print(table(rows))
    if path == TRAINED / "pong.h5":
        write_json("evaluation.json", rows)
        write_card()


def after_steps(model, episodes):
    """Return the scores of games of `PongEnv` that begin with 0 to 30 steps of NOOP."""
    envs = [assignment("policy_gradient").PongEnv(max_steps=None) for _ in range(episodes)]
    observations = np.empty((episodes, 80, 80, 2), np.float32)
    scores, running = np.zeros(episodes), np.ones(episodes, bool)
    for seed, env in enumerate(envs):
        observations[seed], _ = env.reset(seed=seed)
        for _ in range(np.random.default_rng(seed).integers(MAX_NO_OPS + 1)):
            observations[seed], reward, *_ = env.step(0)
            scores[seed] += reward
    while running.any():
        # All games in one prediction, also those that are over: the batch keeps its size.
        actions = model.predict_on_batch(observations).argmax(axis=1)
        for i in np.flatnonzero(running):
            observations[i], reward, terminated, truncated, _ = envs[i].step(int(actions[i]))
            scores[i] += reward
            running[i] = not (terminated or truncated)
    return scores


def after_frames(model, episodes):
    """Return the scores of games that begin with 1 to 30 emulator frames without an action."""
    games = assignment("games")
    return games.play_greedily(games.Games(episodes, MAX_NO_OPS), model, seed=0)


KINDS = {
    "0 to 30 steps without an action": after_steps,
    "1 to 30 emulator frames without an action": after_frames,
}


def summary(scores):
    """Return what the table says about the scores of some games."""
    return {
        "episodes": len(scores),
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
    last = assignment("progress").read_rows(TRAINED / "learning_curve.csv")[-1]
    return CARD.format(
        steps=last["steps"],
        frames=4 * last["steps"],
        hours=last["minutes"] / 60,
        settings="\n".join(f"| `{name}` | {value:,} |" for name, value in settings.items()),
        evaluation=table(read_json("evaluation.json")),
        **read_json("machine.json"),
        **{name: settings[name] for name in ("seed", "games")},
    )


CARD = """\
# The trained agent

`pong.h5` is the network of the exercise, 235,558 parameters from two frames of 80 x 80 pixels to the
probabilities of six actions, trained with PPO by `ppo.py`, which lies one folder up.

```python
agent = keras.models.load_model("trained/pong.h5", compile=False)
```

## How well it plays

With its most probable action in every step, against the computer, each game to its end:

{evaluation}

Pong itself leaves nothing to chance, so games differ only in how long nothing is done at their
beginning. `make evaluate-agent` plays them again.

## How it was trained

One run with seed {seed}: {steps:,} steps in {games} games at the same time, which is {frames:,} frames
of the emulator, in {hours:.1f} hours on {cores} cores of a processor ({processor}) that had other work to do
as well. Now and then the policy played {games} games with its most probable actions, and the one that did
best is kept (the later one of equals).

![Score against steps: it rises from -20 to about 20 within the run](learning_curve.png)

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
