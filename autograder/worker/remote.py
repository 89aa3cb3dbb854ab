"""Stand-ins for what lives with the checker: environments and functions of other exercises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gymnasium
import numpy as np

Asker = Callable[..., Any]


class RemoteEnv(gymnasium.Env[Any, Any]):
    """An environment that the checker plays; every call of `reset` and `step` is sent there."""

    metadata = {"render_modes": ["rgb_array"], "render_fps": 60}  # noqa: RUF012 - Gymnasium's form
    observation_space = gymnasium.spaces.Box(0, 1, (80, 80, 2), np.float32)
    action_space = gymnasium.spaces.Discrete(6)
    render_mode = "rgb_array"

    def __init__(self, ask: Asker, number: int) -> None:
        self._ask = ask
        self._number = number

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Any, dict[str, Any]]:
        """Start an episode; return (observation, info)."""
        observation, info = self._ask(f"env.{self._number}.reset")
        return observation, info

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Play one action; return (observation, reward, terminated, truncated, info)."""
        observation, reward, terminated, truncated, info = self._ask(
            f"env.{self._number}.step", action
        )
        return observation, reward, terminated, truncated, info

    def render(self) -> Any:
        """Return a black screen, (210, 160, 3) uint8: nobody watches during grading."""
        return np.zeros((210, 160, 3), np.uint8)


def stand_in(ask: Asker, name: str) -> Callable[..., Any]:
    """Return a function that has the checker answer in the place of the notebook's function `name`."""

    def function(*args: Any, **kwargs: Any) -> Any:
        return ask(name, *args, **kwargs)

    function.__name__ = function.__qualname__ = name
    return function
