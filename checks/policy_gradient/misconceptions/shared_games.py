"""Games that are played for showing, and what can be said of each afterwards."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.checker.naming.look import Asked
from checks.policy_gradient.environments import NR_ACTIONS, RecordedEnv, ScriptedEnv
from checks.policy_gradient.notebook import Floats, Model, StandIn, an_episode, policy
from checks.policy_gradient.playing import NO_EPISODE, EndsBothWays, asked_for
from checks.policy_gradient.policies import sure_of_each, table

UNKNOWN = -1
LEANING = np.array([0.75, 0.1, 0.06, 0.05, 0.03, 0.01])


class TurningEnv(ScriptedEnv):
    """A long game whose observations come in turns: three, the last of them twice in a row."""

    def __init__(self, observations: Floats, rewards: list[float]) -> None:
        super().__init__(np.random.default_rng(0), rewards[:1], "terminated")
        turns = [0, 1, 2, 2]
        self._observations = observations[np.resize(turns, len(rewards) + 1)]
        self._rewards = rewards


def small_game(asked: Asked, rewards: list[float], ending: str) -> dict[str, Any]:
    """Have a short game played in which the policy is sure of one action for each observation."""
    kind = EndsBothWays if ending == "both" else ScriptedEnv
    env = kind(np.random.default_rng(6), rewards, "truncated" if ending == "both" else ending)
    shown = [env.reset()[0], *(env.step(0)[0] for _ in rewards)]
    weights = sure_of_each(np.random.default_rng(7), shown)
    best = [int(np.argmax(each.reshape(-1).astype(float) @ weights)) for each in shown]
    return _played(asked, env, policy(asked.student, weights), shown) | {"best": best}


def long_game(asked: Asked, steps: int, model: Model, observations: Floats) -> dict[str, Any]:
    """Have a game of so many steps played, of which everything is heard."""
    rewards = np.random.default_rng(8).choice([0.0, 0.0, 0.5, -0.5], steps).tolist()
    env = TurningEnv(observations, rewards)
    return _played(asked, env, model, list(observations))


def leaning_policy(asked: Asked) -> tuple[Model, Floats]:
    """Return a model and three observations, for each of which it leans towards another action."""
    logits = [np.log(np.roll(LEANING, shift)) for shift in (0, 2, 4)]
    weights, observations = table(np.random.default_rng(9), logits)
    return policy(asked.student, weights), observations


def _played(
    asked: Asked, env: ScriptedEnv, model: Model, shown: Sequence[Floats]
) -> dict[str, Any]:
    """Return what was sent, what was asked about and what was stored."""
    rng, told, about, order = np.random.default_rng(10), list[int](), list[int](), list[str]()
    watched = _Ordered(env, order=order)

    def choose(*args: Any, **kwargs: Any) -> tuple[str, int, list[int]]:
        about.append(_place(asked_for(model, args, kwargs), shown))
        told.append(int(rng.integers(NR_ACTIONS)))
        order.append("asked")
        return "action", told[-1], []

    asked.student.ask("assign", "select_action", StandIn(choose))
    returned = asked.student.run_episode(watched, model)
    content = an_episode(returned, NO_EPISODE).get()
    observations, actions, rewards = (np.asarray(each) for each in content)
    return {
        "resets": watched.resets,
        "sent": [step.action for step in watched.steps],
        "shown": [_place(step.observation, shown) for step in watched.steps],
        "over": watched.over,
        "rewards": [step.reward for step in watched.steps],
        "told": told,
        "about": about,
        "first": order[0] if order else "",
        "stored": len(rewards) if rewards.ndim else 0,
        "stored_observations": _places(observations, shown),
        "stored_actions": _numbers(actions),
        "stored_rewards": rewards.astype(float).tolist() if rewards.ndim == 1 else [],
    }


class _Ordered(RecordedEnv):
    """Notes what came first: a step or a question."""

    def __init__(self, env: ScriptedEnv, order: list[str]) -> None:
        super().__init__(env)
        self._order = order

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Play one action."""
        self._order.append("stepped")
        return super().step(action)


def _place(observation: Floats, shown: Sequence[Floats]) -> int:
    """Return which of the observations this is."""
    flat = np.ravel(observation)
    places = (n for n, each in enumerate(shown) if np.array_equal(flat, each.ravel()))
    return next(places, UNKNOWN)


def _places(observations: Floats, shown: Sequence[Floats]) -> list[int]:
    if observations.ndim != 4:
        return []
    return [_place(each, shown) for each in observations]


def _numbers(actions: Floats) -> list[int]:
    """Return the number of each one-hot action."""
    if actions.ndim != 2 or actions.shape[1] != NR_ACTIONS:
        return []
    one_hot = (actions.sum(axis=1) == 1) & (actions.max(axis=1) == 1)
    return np.where(one_hot, actions.argmax(axis=1), UNKNOWN).astype(int).tolist()
