"""Environments that the checker plays while student code sits at the other end of the boundary."""

from __future__ import annotations

import operator
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from autograder.checker.hosted import Hosted, Refusal

Floats = npt.NDArray[np.floating[Any]]
OBSERVATION_SHAPE = (80, 80, 2)
NR_ACTIONS = 6
MAX_STEPS = 5000


class Environment(Protocol):
    """The part of Gymnasium's API that an exercise uses."""

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
class RecordedEnv(Hosted):
    """Plays `env` and keeps the record that a student's episode is judged against."""

    kind = "env"
    methods = ("reset", "step")

    env: Environment
    resets: int = 0
    steps: list[Step] = field(default_factory=list)
    over: bool = True
    _observation: Any = None

    def reset(self) -> tuple[Any, dict[str, Any]]:
        """Start an episode; the record starts anew."""
        self.resets += 1
        self.steps.clear()
        self.over = False
        self._observation, _ = self.env.reset()
        return self._observation, {}

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Play `action`, which must be one integer from 0 to 5. Raises Refusal with a sentence otherwise."""
        if self.over:
            raise Refusal(
                "env.step was called although the episode was not running: reset it first"
            )
        if len(self.steps) >= MAX_STEPS:
            raise Refusal("the episode has become far too long")
        chosen = _action(action)
        observation, reward, terminated, truncated, _ = self.env.step(chosen)
        self.steps.append(Step(self._observation, chosen, float(reward), observation))
        self._observation = observation
        self.over = bool(terminated or truncated)
        return observation, float(reward), bool(terminated), bool(truncated), {}


def _action(action: Any) -> int:
    if isinstance(action, np.ndarray) and action.ndim > 0:
        raise Refusal("env.step wants one integer as its action, not an array")
    try:
        number = operator.index(action)
    except TypeError:
        raise Refusal("env.step wants one integer as its action") from None
    if number not in range(NR_ACTIONS):
        raise Refusal(f"env.step wants an action from 0 to {NR_ACTIONS - 1}, not {number}")
    return number


class ScriptedEnv:
    """An episode of random binary observations and given rewards.

    It lasts `len(rewards)` steps and ends as `ending` says: "terminated" or "truncated".
    """

    def __init__(self, rng: np.random.Generator, rewards: list[float], ending: str) -> None:
        shape = (len(rewards) + 1, *OBSERVATION_SHAPE)
        self._observations = (rng.random(shape) < 0.05).astype(np.float32)
        self._rewards = rewards
        self._ending = ending
        self._now = 0

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
