"""Environments that the checker plays while student code sits at the other end of the boundary."""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from autograder.checker.hosted import Hosted, Refusal

Floats = npt.NDArray[np.floating[Any]]
OBSERVATION_SHAPE = (80, 80, 2)
NR_ACTIONS = 6
MAX_STEPS = 5000
SHORTEST = 500  # limit of an environment: below it a game is a fragment of one
LONGEST = 2000  # PongEnv's own limit, which is the capacity of the notebook's Episode


class Environment(Protocol):
    """The part of PongEnv that an exercise uses."""

    max_steps: int | None

    def reset(self) -> tuple[Any, dict[str, Any]]:
        """Start an episode."""

    def step(self, action: Any) -> tuple[Any, Any, bool, bool, dict[str, Any]]:
        """Play one action."""


@dataclass(repr=False)
class Step:
    """What was really sent and received: observation before, action, reward, observation after."""

    observation: Floats
    action: int
    reward: float
    next_observation: Floats


@dataclass(eq=False, repr=False)
class HostedEnv(Hosted):
    """Plays `env` for a student's process, whose end of it is RemoteEnv of worker.py.

    Its methods answer with what that expects; `reset` may tell steps ahead that it need not hear of.
    """

    kind = "env"
    methods = ("limit", "reset", "step")

    env: Environment
    over: bool = True

    def limit(self) -> int | None:
        """Return after how many steps an episode is truncated."""
        return self.env.max_steps

    def reset(self) -> tuple[Any, dict[str, Any], list[Floats], list[float]]:
        """Start an episode; return observation and info, and what is told ahead: nothing."""
        self.over = False
        observation, info = self.env.reset()
        return observation, info, [], []

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Play `action`, which must be one integer from 0 to 5. Raises Refusal with a sentence otherwise."""
        if self.over:
            raise Refusal(
                "env.step was called although the episode was not running: reset it first"
            )
        observation, reward, terminated, truncated, info = self.env.step(checked(action))
        self.over = bool(terminated or truncated)
        return observation, float(reward), bool(terminated), bool(truncated), info


@dataclass(eq=False, repr=False)
class RecordedEnv(HostedEnv):
    """Plays `env` and keeps the record that a student's episode is judged against."""

    resets: int = 0
    steps: list[Step] = field(default_factory=list)
    _observation: Any = None

    def reset(self) -> tuple[Any, dict[str, Any], list[Floats], list[float]]:
        """Start an episode; the record starts anew."""
        self.resets += 1
        self.steps.clear()
        started = super().reset()
        self._observation = started[0]
        return started

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Play one action and record it."""
        if len(self.steps) >= MAX_STEPS:
            raise Refusal("the episode has become far too long")
        observation, reward, *rest = super().step(action)
        self.steps.append(Step(self._observation, checked(action), reward, observation))
        self._observation = observation
        return observation, reward, *rest


def checked(action: Any) -> int:
    """Return the action as an int from 0 to 5; raise Refusal with a sentence where it is none."""
    if isinstance(action, np.ndarray) and action.ndim > 0:
        raise Refusal("env.step wants one integer as its action, not an array")
    try:
        number = operator.index(action)
    except TypeError:
        raise Refusal("env.step wants one integer as its action") from None
    if number not in range(NR_ACTIONS):
        raise Refusal(f"env.step wants an action from 0 to {NR_ACTIONS - 1}, not {number}")
    return number


def sparse(rng: np.random.Generator, count: int) -> npt.NDArray[np.float32]:
    """Return random observations (count, 80, 80, 2), in which one pixel of twenty is 1."""
    shape = (count, *OBSERVATION_SHAPE)
    ones: npt.NDArray[np.bool_] = rng.integers(20, size=shape, dtype=np.uint8) == 0
    return ones.astype(np.float32)


@cache
def frames() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return observations (n, 80, 80, 2) of a real game: some without the ball, and some with it in play."""
    from policy_gradient import PongEnv  # type: ignore[import-not-found]

    env, rng = PongEnv(), np.random.default_rng(0)
    env.reset()
    seen = np.array([env.step(int(rng.integers(NR_ACTIONS)))[0] for _ in range(300)])
    between = seen[:, :, 10:70].any(axis=(1, 2, 3))  # nothing but the ball comes there
    return seen[~between][::3], seen[between][::6]


def of_pixels(pixels: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Return observations (n, 80, 80, 2) that are 0 but for the pixels (n, k) of each, from 0 to 12799."""
    flat = np.zeros((len(pixels), 12800), np.float32)
    np.put_along_axis(flat, pixels, 1, axis=1)
    return flat.reshape(-1, *OBSERVATION_SHAPE)


class ScriptedEnv:
    """An episode of random binary observations and given rewards.

    It lasts `len(rewards)` steps and ends as `ending` says: "terminated" or "truncated".
    """

    def __init__(self, rng: np.random.Generator, rewards: list[float], ending: str) -> None:
        self._observations = sparse(rng, len(rewards) + 1)
        self._rewards = rewards
        self._ending = ending
        self._now = 0
        self.max_steps: int | None = LONGEST if ending == "terminated" else len(rewards)

    def reset(self) -> tuple[Floats, dict[str, Any]]:
        """Return the first observation, (80, 80, 2) float32."""
        self._now = 0
        return self._observations[0], {}

    def step(self, action: Any) -> tuple[Floats, float, bool, bool, dict[str, Any]]:
        """Return the next observation and the scripted reward; the action changes nothing."""
        self._now += 1
        over = self._now == len(self._rewards)
        return (
            self._observations[self._now],
            self._rewards[self._now - 1],
            over and self._ending == "terminated",
            over and self._ending == "truncated",
            {},
        )
