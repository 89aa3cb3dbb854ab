"""What training in the notebook costs: an episode beside the naive pipeline, a whole run, ten students.

    python -m benchmarks.training [--rounds N] [--steps N]     one episode, side by side
    python -m benchmarks.training --full [--episodes N]        a whole training run in a real kernel
    python -m benchmarks.training --kernels N [--episodes N]   so many kernels alive at once
    python -m benchmarks.training --table                      print the tables of the last runs again
    python -m benchmarks.training --readme                     put them into README.md beside this file

Each writes its own part of the results. README.md says what is counted.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from autograder.outputs.rubric import inserted
from benchmarks import kernels, machine, pipelines

RESULTS = Path(__file__).with_name("results") / "training.json"
README = Path(__file__).with_name("README.md")
EPISODES = 250  # of the notebook's training loop
GAMMA = 0.99
CALLS_A_ROUND = 30
TITLES = {
    "notebook": "the notebook: `PongEnv`, `Episode`, `predict_on_batch`",
    "eager": "naive: colour screens, NumPy, lists, `model(...)`",
    "predict": "naive, with `model.predict(...)`",
}
CALLS = {
    "predict_on_batch": "model.predict_on_batch(batch)",
    "eager": "model(batch)",
    "predict": "model.predict(batch, verbose=0)",
}
Results = dict[str, Any]


class NotComparable(RuntimeError):
    """Two pipelines did not play the same game."""


def main() -> int:
    """Measure, write the results and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=2000, help="at most, in each episode")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--kernels", type=int, metavar="N")
    parser.add_argument("--episodes", type=int, help=f"{EPISODES} with --full, 1 with --kernels")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    if not (options.table or options.readme):
        _keep(options.out, _measured(options))
    text = "\n".join(lines(json.loads(options.out.read_text())))
    if options.readme:
        README.write_text(inserted(README.read_text(), text, "training"))
    else:
        print(text)
    return 0


def _measured(options: argparse.Namespace) -> Results:
    if options.full:
        return {"full": kernels.train_fully(options.episodes or EPISODES)}
    if options.kernels:
        return {"kernels": kernels.live_together(options.kernels, options.episodes or 1)}
    return {"episode": measure(options.rounds, options.steps)}


def _keep(path: Path, found: Results) -> None:
    """Put what was found beside what earlier calls have found, with the machine that it was found on."""
    results = json.loads(path.read_text()) if path.exists() else {}
    results |= {name: {"machine": machine.facts()} | each for name, each in found.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=1) + "\n")


def measure(rounds: int, steps: int) -> Results:
    """Return the seconds of so many episodes in each pipeline, and of single predictions.

    Raises NotComparable where the pipelines' games differ.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    namespace, players = pipelines.make(steps)
    models = {name: _model(namespace) for name in players}
    start = models["notebook"].get_weights()
    _, warm_up = pipelines.make(max_steps=40)  # the first calls trace TensorFlow's functions
    games = [_game(namespace, warm_up, models, start, 0)]
    for number in range(rounds):
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
        games.append(_game(namespace, players, models, start, number + 1))
    calls = [_calls(models["notebook"]) for _ in range(rounds)]
    return {
        "rounds": rounds,
        "steps": [game["steps"] for game in games[1:]],
        "milliseconds": {name: _medians(games[1:], name) for name in players},
        "ratios": {
            name: round(statistics.median(_ratio(game, name) for game in games[1:]), 3)
            for name in players
        },
        "calls": {name: round(statistics.median(c[name] for c in calls), 1) for name in CALLS},
        "measured": games[1:],
    }


def _model(namespace: dict[str, Any]) -> Any:
    namespace["keras"].utils.set_random_seed(1)
    model = namespace["build_model"]()
    namespace["compile_model"](model, 3e-5)
    return model


def _game(
    namespace: dict[str, Any], players: dict[str, Any], models: Results, start: list[Any], seed: int
) -> Results:
    """Play the same game in every pipeline and train on it; return steps and seconds."""
    game: Results = {}
    expected = None
    for name, player in players.items():
        models[name].set_weights(start)
        np.random.seed(seed)
        clock = time.perf_counter()
        episode = player.play(models[name])
        played = time.perf_counter()
        namespace["train"](models[name], episode, GAMMA)
        game[name] = {"play": played - clock, "train": time.perf_counter() - played}
        expected = expected or episode
        if not _same(expected.get(), episode.get()):
            raise NotComparable(f"{name} did not play the notebook's game, seed {seed}")
    return game | {"steps": len(expected.get()[2])}


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def _calls(model: Any) -> dict[str, float]:
    """Return the microseconds of one prediction for one observation, for every way to ask for it."""
    batch = np.zeros((1, 80, 80, 2), np.float32)
    return {name: _seconds(pipelines.CALLS[name], model, batch) * 1e6 for name in CALLS}


def _seconds(predict: Callable[[Any, Any], Any], model: Any, batch: Any) -> float:
    predict(model, batch)
    started = time.perf_counter()
    for _ in range(CALLS_A_ROUND):
        predict(model, batch)
    return (time.perf_counter() - started) / CALLS_A_ROUND


def _medians(games: list[Results], name: str) -> dict[str, float]:
    """Return the medians of the milliseconds per step."""
    return {
        part: round(statistics.median(game[name][part] * 1e3 / game["steps"] for game in games), 3)
        for part in ("play", "train")
    }


def _ratio(game: Results, name: str) -> float:
    """Return what the notebook's pipeline took of the time of another one, in the same game."""
    return float(sum(game["notebook"].values()) / sum(game[name].values()))


def lines(results: Results) -> Iterator[str]:
    """Yield what was measured: the table of pipelines, the single predictions, whole runs, kernels."""
    if "episode" in results:
        yield from _episode(results["episode"])
    if "full" in results:
        yield from _full(results["full"])
    if "kernels" in results:
        yield from _together(results["kernels"])


def _episode(found: Results) -> Iterator[str]:
    length = statistics.median(found["steps"])
    yield f"| one episode of {length:.0f} steps | play, ms/step | train, ms/step | s | the notebook takes |"
    yield "|---|---:|---:|---:|---:|"
    for name, title in TITLES.items():
        play, train = found["milliseconds"][name].values()
        seconds = (play + train) * length / 1000
        yield (
            f"| {title} | {play:.2f} | {train:.2f} | {seconds:.1f} "
            f"| {found['ratios'][name]:.2f} of it |"
        )
    ours = sum(found["milliseconds"]["notebook"].values()) * length / 1000
    yield ""
    yield (
        f"Medians of {found['rounds']} episodes, the same for all. {EPISODES} episodes of this length would "
        f"take the notebook {ours * EPISODES / 60:.0f} minutes. {_where(found)}"
    )
    yield ""
    fastest = found["calls"]["predict_on_batch"]
    for name, call in CALLS.items():
        cost = found["calls"][name]
        yield f"- `{call}` for one observation: {cost / 1000:.2f} ms, {cost / fastest:.1f} times the first"
    yield ""


def _full(found: Results) -> Iterator[str]:
    yield (
        f"A kernel that ran the whole notebook with {found['episodes']} training episodes: "
        f"{found['training_loop_seconds'] / 60:.1f} minutes in the training loop, "
        f"{found['peak_mib']:.0f} MiB at its highest, {found['at_the_end_mib']:.0f} MiB at the end. "
        f"{_where(found)}"
    )
    yield ""


def _together(found: Results) -> Iterator[str]:
    yield (
        f"{found['kernels']} kernels alive at once, each after training for {found['episodes']} "
        f"episode{'s' * (found['episodes'] != 1)}: {found['together_mib'] / 1024:.1f} GiB together, "
        f"{statistics.median(found['shares_mib']):.0f} MiB each, "
        f"at its highest {max(found['peaks_mib']):.0f} MiB. {_where(found)}"
    )


def _where(found: Results) -> str:
    facts = found["machine"]
    return (
        f"{facts['date']}, {facts['processor']}, {facts['cores']} cores, {facts['memory_gib']:.0f} GiB, load "
        f"{facts['load_average'][0]:.1f} at the end; Python {facts['python']['host']}, "
        f"TensorFlow {facts['libraries']['tensorflow']}, Keras {facts['libraries']['keras']}."
    )


if __name__ == "__main__":
    raise SystemExit(main())
