"""What a step of PongEnv costs, beside the emulator alone and beside the usual preprocessing.

    python -m benchmarks.environment [--rounds N] [--out FILE]
    python -m benchmarks.environment --table     print the table of the last run again
    python -m benchmarks.environment --readme    put it into README.md beside this file

All play the same game with the same actions, in turns of 50 steps, so that a machine that grows busy does
so for all of them. README.md says what is counted.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ale_py
import gymnasium
import numpy as np
from ale_py import roms

from autograder.outputs.rubric import inserted
from benchmarks import machine
from benchmarks.notebook import import_modules

RESULTS = Path(__file__).with_name("results") / "environment.json"
README = Path(__file__).with_name("README.md")
FRAMES = 4  # of the emulator in each step
TURN = 50  # steps that one contestant plays before the next one does
LONGEST = 3000  # steps: a game with random moves takes about 900
TITLES = {
    "pong_env": "`PongEnv`",
    "calls": "the emulator alone, four calls of `act`",
    "setting": "the emulator alone, one call of `act`, its own `frame_skip` 4",
    "stack_80": "`AtariPreprocessing` at 80 pixels, `FrameStackObservation(2)`",
    "stack_84": "`AtariPreprocessing` at 84 pixels, `FrameStackObservation(2)`",
    "stack_float": "the same, float32 from 0 to 1 and channels last, as the network takes it",
}
Results = dict[str, Any]


class NotComparable(RuntimeError):
    """Two contestants did not play the same game."""


@dataclass(frozen=True)
class Contestant:
    """One way to play: `step` takes an action, returns its reward and whether the game is over."""

    reset: Callable[[], object]
    step: Callable[[int], tuple[float, bool]]


def main() -> int:
    """Measure, write the results and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.environment")
    parser.add_argument("--rounds", type=int, default=25, help="games")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    if not (options.table or options.readme):
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(measure(options.rounds), indent=1) + "\n")
    results = json.loads(options.out.read_text())
    table = "\n".join(lines(results))
    if options.readme:
        README.write_text(inserted(README.read_text(), table, "environment"))
    else:
        print(table)
    return 0


def measure(rounds: int) -> Results:
    """Return the costs of so many games; one more goes before as a warm-up.

    Raises NotComparable where contestants' games differ.
    """
    contestants = {
        "pong_env": _contestant(_pong_env()),
        "calls": _emulator(frame_skip=1),
        "setting": _emulator(frame_skip=FRAMES),
        "stack_80": _contestant(_usual_stack(80)),
        "stack_84": _contestant(_usual_stack(84)),
        "stack_float": _contestant(_channels_last(_usual_stack(84, scale_obs=True))),
    }
    games = [_game(contestants, seed) for seed in range(rounds + 1)][1:]
    costs = {name: [seconds[name] * 1e6 / steps for steps, seconds in games] for name in TITLES}
    return {
        "machine": machine.facts(),
        "rounds": rounds,
        "steps": sum(steps for steps, _ in games),
        "microseconds": {name: round(statistics.median(each), 1) for name, each in costs.items()},
        "added": {name: round(_added(each, costs["setting"]), 1) for name, each in costs.items()},
        "ratios": {name: round(_ratio(costs["pong_env"], each), 3) for name, each in costs.items()},
        "measured": {name: [round(cost, 2) for cost in each] for name, each in costs.items()},
    }


def _ratio(ours: list[float], theirs: list[float]) -> float:
    """Return the median over all games of what ours cost beside theirs in the same game."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def _added(costs: list[float], emulator: list[float]) -> float:
    """Return the median over all games of what was paid beside the emulator, in microseconds."""
    return statistics.median(a - b for a, b in zip(costs, emulator, strict=True))


def _game(contestants: dict[str, Contestant], seed: int) -> tuple[int, dict[str, float]]:
    """Play one game with random actions; return its steps and the CPU seconds that each contestant took."""
    actions = np.random.default_rng(seed).integers(6, size=LONGEST).tolist()
    for contestant in contestants.values():
        contestant.reset()
    seconds, order, steps = dict.fromkeys(contestants, 0.0), deque(contestants), 0
    while steps < LONGEST:
        turns = {}
        for name in order:
            started = time.process_time()
            turns[name] = _turn(contestants[name], actions[steps : steps + TURN])
            seconds[name] += time.process_time() - started
        rewards, over = turns["pong_env"]
        if any(turn != (rewards, over) for turn in turns.values()):
            raise NotComparable(f"not the same game after {steps} steps: {turns}")
        steps += len(rewards)
        if over:
            return steps, seconds
        order.rotate()  # nobody is always the one who finds the caches cold
    raise NotComparable(f"the game was not over after {LONGEST} steps")


def _turn(contestant: Contestant, actions: list[int]) -> tuple[list[float], bool]:
    """Play these actions, or until the game is over; return all rewards and whether it is."""
    rewards = []
    for action in actions:
        reward, over = contestant.step(action)
        rewards.append(reward)
        if over:
            return rewards, True
    return rewards, False


def _pong_env() -> gymnasium.Env[Any, Any]:
    import_modules()
    from policy_gradient import PongEnv

    return PongEnv(max_steps=None)


def _usual_stack(size: int, scale_obs: bool = False) -> gymnasium.Env[Any, Any]:
    """Return the stack as it comes, but for its random start: all must play the same game."""
    env = gymnasium.make("PongNoFrameskip-v4")
    env = gymnasium.wrappers.AtariPreprocessing(
        env,
        noop_max=0,
        frame_skip=FRAMES,
        screen_size=size,
        grayscale_obs=True,
        scale_obs=scale_obs,
    )
    return gymnasium.wrappers.FrameStackObservation(env, 2)


def _channels_last(env: gymnasium.Env[Any, Any]) -> gymnasium.Env[Any, Any]:
    return gymnasium.wrappers.TransformObservation(
        env, lambda frames: np.ascontiguousarray(np.moveaxis(frames, 0, -1)), None
    )


def _contestant(env: gymnasium.Env[Any, Any]) -> Contestant:
    def step(action: int) -> tuple[float, bool]:
        _, reward, terminated, _, _ = env.step(action)
        return float(reward), terminated

    return Contestant(env.reset, step)


def _emulator(frame_skip: int) -> Contestant:
    """Return the emulator and nothing else: no screen is read, four frames are played for each action."""
    emulator = ale_py.ALEInterface()
    emulator.setFloat("repeat_action_probability", 0.0)
    emulator.setInt("frame_skip", frame_skip)
    emulator.loadROM(roms.get_rom_path("pong"))
    actions = emulator.getMinimalActionSet()

    def step(action: int) -> tuple[float, bool]:
        reward = 0.0
        for _ in range(FRAMES // frame_skip):
            reward += emulator.act(actions[action])
        return reward, emulator.game_over()

    return Contestant(emulator.reset_game, step)


def lines(results: Results) -> Iterator[str]:
    """Yield the table, and the sentence that says what was measured on what."""
    yield "| four frames of the game | CPU µs | beside the emulator | steps per CPU s | `PongEnv` takes |"
    yield "|---|---:|---:|---:|---:|"
    for name, title in TITLES.items():
        cost, added, ratio = (results[key][name] for key in ("microseconds", "added", "ratios"))
        yield (f"| {title} | {cost:.1f} | {added:.1f} | {1e6 / cost:,.0f} | {ratio:.2f} of it |")
    facts = results["machine"]
    yield ""
    yield (
        f"Medians of {results['rounds']} games, {results['steps']:,} steps, {facts['date']}: "
        f"{facts['processor']}, {facts['cores']} cores, load {facts['load_average'][0]:.1f} at the end; "
        f"Python {facts['python']['host']}, ale-py {facts['libraries']['ale-py']}, "
        f"Gymnasium {facts['libraries']['gymnasium']}, NumPy {facts['libraries']['numpy']}, "
        f"OpenCV {facts['libraries']['opencv-python-headless']}."
    )


if __name__ == "__main__":
    raise SystemExit(main())
