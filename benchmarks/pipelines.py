"""Two ways to play a training episode: the notebook's, and the one that is usually written first.

Both see the same pixels, so that with the same weights and the same random numbers they play the same game.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gymnasium
import numpy as np
import numpy.typing as npt

from benchmarks.notebook import solutions

Floats = npt.NDArray[np.float32]
Predict = Callable[
    [Any, Floats], Any
]  # model and batch -> an array of probabilities for each of the batch

FRAMES = 4  # of the emulator in each step
BACKGROUNDS = [
    np.mean(colour) for colour in ((144, 72, 17), (109, 118, 43))
]  # of the game, of its start

# How the policy can be asked about one observation.
CALLS: dict[str, Predict] = {
    "predict_on_batch": lambda model, batch: model.predict_on_batch(batch),
    "eager": lambda model, batch: model(batch).numpy(),
    "predict": lambda model, batch: model.predict(batch, verbose=0),
}


class Notebook:
    """The reference solution in `PongEnv`: `run_episode` as the notebook has it."""

    def __init__(self, namespace: dict[str, Any], max_steps: int) -> None:
        self._run_episode = namespace["run_episode"]
        self._env = namespace["PongEnv"](max_steps=max_steps)

    def play(self, model: Any) -> Any:
        """Return an episode, played with the model's policy."""
        return self._run_episode(self._env, model)


class Naive:
    """Colour screens through Gymnasium, NumPy for every frame that is seen, lists that become arrays."""

    def __init__(self, predict: Predict, max_steps: int) -> None:
        self._predict, self._max_steps = predict, max_steps
        self._env = gymnasium.make("PongNoFrameskip-v4")

    def play(self, model: Any) -> Lists:
        """Return an episode, played with the model's policy."""
        episode = Lists()
        screen, _ = self._env.reset()
        frame = previous = preprocess(screen)
        over = False
        while not over and len(episode.rewards) < self._max_steps:
            observation = np.stack([frame, previous], axis=-1)
            action = self._select_action(model, observation)
            screen, reward, over = self._step(action)
            episode.observations.append(observation)
            episode.actions.append(np.eye(6)[action])
            episode.rewards.append(reward)
            frame, previous = preprocess(screen), frame
        return episode

    def _select_action(self, model: Any, observation: Floats) -> int:
        probabilities = np.asarray(self._predict(model, observation[np.newaxis])[0], np.float64)
        return int(np.random.choice(6, p=probabilities / probabilities.sum()))

    def _step(self, action: int) -> tuple[Any, float, bool]:
        total = 0.0
        for _ in range(FRAMES):
            screen, reward, terminated, _, _ = self._env.step(action)
            total += float(reward)
        return screen, total, terminated


class Lists:
    """An episode in three lists."""

    def __init__(self) -> None:
        self.observations: list[Floats] = []
        self.actions: list[npt.NDArray[np.float64]] = []
        self.rewards: list[float] = []

    def get(self) -> tuple[Floats, npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Return (observations, actions, rewards) as arrays, as `train` wants them."""
        return np.array(self.observations), np.array(self.actions), np.array(self.rewards)


def preprocess(screen: npt.NDArray[np.uint8]) -> Floats:
    """Return the black-and-white frame of a colour screen, float32 of shape (80, 80), as `PongEnv` makes it.

    Taking every second pixel is what is usually written; it loses the ball now and then, and the game would
    not be the same. The maximum costs a little more.
    """
    grey = screen.mean(axis=2)
    field = grey[34:194]
    for background in BACKGROUNDS:
        field[field == background] = 0
    field[field != 0] = 1
    return field.reshape(80, 2, 80, 2).max(axis=(1, 3)).astype(np.float32)


def make(max_steps: int) -> tuple[dict[str, Any], dict[str, Notebook | Naive]]:
    """Return the notebook's functions, and every pipeline by its name."""
    namespace = solutions()
    return namespace, {
        "notebook": Notebook(namespace, max_steps),
        "eager": Naive(CALLS["eager"], max_steps),
        "predict": Naive(CALLS["predict"], max_steps),
    }
