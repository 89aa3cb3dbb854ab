"""What the checks ask of a worker about Keras models, episodes and environments.

Student code's process loads this file, and worker_model.py with it: autograder/worker/extension.py says which
names count. What stands in for a part of the notebook is that part in small: a real Keras model of one
layer, an Episode without its arrays, a PongEnv without its emulator.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import gymnasium
import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf
from policy_gradient import PongEnv  # type: ignore[import-not-found]
from utils import Episode  # type: ignore[import-not-found]

from checks.policy_gradient.worker_model import (
    Floats,
    compile_with,
    new_model,
    small_model,
)
from checks.policy_gradient.worker_quick import (
    SHAPE,
    descend,
    follow,
    predict,
    quicken,
    restart,
    samples,
)
from checks.policy_gradient.worker_stand_in import (
    StandIn,
    learn_actions,
    looked_at,
    newest,
    state_of,
    untold,
)


def do(thing: Any, path: str, *args: Any) -> Any:
    """Return an attribute of a model or an episode, by its dotted path; a method is called with `args`."""
    for name in path.split("."):
        thing = getattr(thing, name)
    return thing(*args) if callable(thing) else thing


def learn(model: Any, observations: Floats, targets: Floats, weights: Floats, rate: float) -> Any:
    """Compile a model with plain gradient descent and train it by its own `fit`; return the weights then."""
    model.compile(loss="categorical_crossentropy", optimizer=keras.optimizers.SGD(rate))
    return fit(model, observations, targets, weights)


def fit(model: Any, observations: Floats, targets: Floats, weights: Floats) -> Any:
    """Train a compiled model by its own `fit`; return the weights then."""
    quicken(model)
    model.fit(observations, targets, sample_weight=weights, verbose=0)
    return model.get_weights()


def optimizer_steps(model: Any, gradients: list[Floats], taken: list[int]) -> list[Floats]:
    """Have the optimizer apply gradients of the model's only weights; return these after each.

    Before each it counts the steps `taken`, where they are given. The last are as they are when `fit` has
    ended.
    """
    after, optimizer = [], model.optimizer
    for number, each in enumerate(gradients):
        if taken:
            optimizer.iterations.assign(taken[number])
        optimizer.apply_gradients([(tf.constant(each), *model.trainable_variables)])
        after.append(model.get_weights()[0])
    optimizer.finalize_variable_values(model.trainable_variables)
    return [*after, model.get_weights()[0]]


def tiny_model() -> Any:
    """Return a model that is not compiled, of one dense softmax layer over 8 means of an observation."""
    observation = keras.Input(SHAPE)
    means = keras.layers.Flatten()(keras.layers.AveragePooling2D(40)(observation))
    return keras.Model(observation, keras.layers.Dense(6, "softmax", use_bias=False)(means))


def network(config: str) -> Any:
    """Return a model that is built as another one was, from its `to_json`."""
    return keras.models.model_from_json(config)


turns_now: list[Any] = [None]  # observations of the game that is played, which come in turns
_grow, _append = Episode._grow, Episode.append
_misplaced: list[int] = []  # steps of a long game with which another observation was stored


def light_episodes(light: bool) -> None:
    """Have all observations of an Episode lie in one place, so that a long one costs little; or no more.

    What is stored there is compared with what the environment shows in turns.
    """
    if light:
        _misplaced.clear()
    Episode._grow = _grow_lightly if light else _grow
    Episode.append = _append_lightly if light else _append


def _append_lightly(episode: Any, observation: Any, *others: Any, **named: Any) -> None:
    number, turns = episode.length, turns_now[0]
    if turns and looked_at(number) and len(_misplaced) < 9:
        same = np.array_equal(np.ravel(observation), turns[number % len(turns)].ravel())
        _misplaced.extend([] if same else [number])
    _append(episode, observation, *others, **named)


def _grow_lightly(episode: Any) -> None:
    observations, *episode._arrays = episode._arrays
    _grow(episode)
    one = np.empty(observations.shape[1:], np.float32)
    many = (len(episode._arrays[0]), *one.shape)
    episode._arrays.insert(0, np.lib.stride_tricks.as_strided(one, many, (0, *one.strides)))


def episode(pixels: npt.NDArray[np.int64], actions: Floats, rewards: Floats) -> Any:
    """Return the course's Episode with observations that are 0 but for the pixels (T, k) of each."""
    observations = np.zeros((len(rewards), *SHAPE), np.float32)
    np.put_along_axis(observations.reshape(len(rewards), -1), pixels, 1, axis=1)
    result = Episode(len(rewards), SHAPE, (6,))
    # Put there, not appended: a long episode of few pixels takes next to no memory so.
    result._arrays = [observations, np.array(actions, np.float32), np.array(rewards, np.float32)]
    result.length = len(rewards)
    return result


def actions_and_rewards(thing: Any) -> tuple[Any, Any, int]:
    """Return these of an Episode, and with how many steps another observation was seen to be stored."""
    _, actions, rewards = thing.get()
    return actions, rewards, len(_misplaced)


class RemoteEnv(PongEnv):  # type: ignore[misc]
    """An environment that the checker plays: a PongEnv in all but its emulator.

    Of a long game `reset` may tell ahead: observations that come in turns, None if they are those of the game
    before, and rewards. The checker then hears of an action together with the first one that goes beyond
    these.
    """

    def __init__(self, call: Callable[..., Any]) -> None:
        self.observation_space = gymnasium.spaces.Box(0.0, 1.0, SHAPE, np.float32)
        self.action_space = gymnasium.spaces.Discrete(6)
        self.max_steps = self._told_limit = call("limit")
        self.render_mode, self._steps = None, 0
        self._call, self._running, self._untold = call, False, list[Any]()
        self._turns, self._ahead = list[Any](), list[Any]()

    def reset(self, seed: Any = None, options: Any = None) -> tuple[Any, dict[str, Any]]:
        """Start an episode; return (observation, info)."""
        gymnasium.Env.reset(self, seed=seed)
        observation, info, turns, self._ahead = self._call("reset")
        self._turns = turns_now[0] = self._turns if turns is None else turns
        newest[0] = observation.copy() if len(self._ahead) else None
        self._running, self._untold, self._steps = True, [], 0
        return observation, info

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Play one action; return (observation, reward, terminated, truncated, info)."""
        if self._running and not (isinstance(action, int | np.integer) and 0 <= action < 6):
            raise gymnasium.error.InvalidAction(
                f"An action is an integer from 0 to 5, not {action!r}."
            )
        observation, reward, terminated, truncated, info = self._next(action)
        self._steps += 1
        if self.max_steps != self._told_limit and self._steps == self.max_steps:  # somebody set it
            truncated = True
        self._running = not (terminated or truncated)
        return observation, reward, terminated, truncated, info

    def _next(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Play one action."""
        self._untold.append(action)
        played = len(self._untold)
        if played <= len(self._ahead):
            newest[0] = self._turns[played % len(self._turns)]
            return newest[0].copy(), float(self._ahead[played - 1]), False, False, {}
        actions, self._untold, self._ahead = self._untold, [], []
        try:
            observation, reward, terminated, truncated, info = self._call("step", *actions)
        except RuntimeError as refusal:
            wrong = gymnasium.error.InvalidAction if self._running else gymnasium.error.ResetNeeded
            raise wrong(str(refusal)) from None
        return observation, reward, terminated, truncated, info


@cache
def seed(number: int) -> None:
    """Seed TensorFlow once: each time, it forgets what it has prepared for the operations that it knows."""
    tf.random.set_seed(number)


def plain(value: Any) -> Any:
    """Return a tensor as NumPy's array or scalar; anything else as it is."""
    is_tensor = type(value).__module__.startswith("tensorflow.") and hasattr(value, "numpy")
    return value.numpy() if is_tensor else value


OPERATIONS = (
    new_model,
    small_model,
    do,
    predict,
    descend,
    learn,
    fit,
    optimizer_steps,
    episode,
    light_episodes,
    actions_and_rewards,
    learn_actions,
    state_of,
    untold,
    tiny_model,
    network,
    compile_with,
    quicken,
    restart,
    samples,
    follow,
)
KINDS = {
    "model": lambda value: isinstance(value, keras.Model),
    "episode": lambda value: callable(getattr(value, "get", None)) and hasattr(value, "score"),
    "function": lambda value: callable(value) and not isinstance(value, type | StandIn),
}
MEMORY_ERRORS = (tf.errors.ResourceExhaustedError,)
HOSTED = {"env": RemoteEnv, "stand_in": StandIn}
