"""What train is asked once it has lost points, and how much each step of an episode counted then."""

from typing import Any

import numpy as np

from autograder.checker.naming.look import Asked, look
from checks.policy_gradient.misconceptions.shared_networks import (
    projected,
    random_weights,
    their_network,
)
from checks.policy_gradient.notebook import Episode, Floats, Model, learner, new_episode, seeds_anew
from checks.policy_gradient.training import WEIGHTS, Change, Lesson, Returns

SMALL = [0.0, 0.0, 1.0, 0.0, 0.0, -1.0]
COUNTED = "your train let the steps count"
SHOWN = 4  # decimals: what is smaller is rounding


def _lesson(rewards: Any, rate: float = 1e-2) -> Lesson:
    """Return an episode with these rewards; its steps have no pixel in common."""
    rng, length = np.random.default_rng(1), len(rewards)
    pixels = rng.permutation(12800)[: min(400, 12800 // length) * length].reshape(length, -1)
    actions = np.eye(6, dtype=np.float32)[rng.integers(6, size=length)]
    weights = rng.normal(0, 0.4 / np.sqrt(pixels.shape[1]), WEIGHTS).astype(np.float32)
    return Lesson(pixels, actions, np.array(rewards, np.float32), weights, rate)


def _changed(asked: Asked, task: Lesson, gamma: float) -> Change:
    asked.student.provide(discount_rewards=Returns(asked.reference))
    return task.train(asked.student, gamma)


def _counted(asked: Asked, rewards: Any, gamma: float, rate: float = 1e-2) -> Floats:
    """Return how much each step counted, (T,)."""
    task = _lesson(rewards, rate)
    change = _changed(asked, task, gamma)
    returns = np.asarray(asked.reference.discount_rewards(task.rewards, gamma), float)
    return np.round(change.even_weights(returns), SHOWN) + 0.0


@look("For the rewards 0, 0, 1, 0, 0, -1 and gamma 0.5", COUNTED)
def small_episode(asked: Asked) -> Any:
    """Six steps."""
    return _counted(asked, SMALL, 0.5)


@look("For the rewards 0, 0, 1, 0, 0, -1 and gamma 0.1", COUNTED)
def small_gamma(asked: Asked) -> Any:
    """The same with another gamma."""
    return _counted(asked, SMALL, 0.1)


@look("For the rewards 0, 0, 3, 0, 0, 2 and gamma 0.5", COUNTED)
def won_game(asked: Asked) -> Any:
    """More won than lost."""
    return _counted(asked, [0, 0, 3, 0, 0, 2], 0.5)


@look("For the rewards 0, 0, 10, 0, 0, -10 and gamma 0.5", COUNTED)
def larger_rewards(asked: Asked) -> Any:
    """Ten times as large."""
    return _counted(asked, 10 * np.array(SMALL), 0.5)


@look()
def one_large_return(asked: Asked) -> Any:
    """One return of several deviations."""
    return _counted(asked, [*np.linspace(-1, 1, 29), -40], 0.3)


@look()
def strays(asked: Asked) -> Any:
    """Which part of what was learned no weights of the steps explain, with one decimal."""
    return round(_changed(asked, _lesson(SMALL), 0.5).strays(), 1)


@look("We passed an episode with the rewards 0, 0, 1, 0, 0, -1. Afterwards", "its rewards were")
def rewards_left(asked: Asked) -> Any:
    """The episode is only read."""
    asked.student.provide(discount_rewards=Returns(asked.reference))
    model, episode = _lesson(SMALL).start(asked.student)
    asked.student.train(model, episode, 0.5)
    return episode.get()[2]


@look("For the rewards 0, 0, 0, 0, 0, 0 and gamma 0.5", COUNTED)
def no_reward(asked: Asked) -> Any:
    """Nothing to learn."""
    return _counted(asked, np.zeros(6), 0.5)


@look("For the rewards 0, 0, 0, 0, 0, 1 and gamma 1", COUNTED)
def equal_returns(asked: Asked) -> Any:
    """Nothing to learn either: all returns are 1."""
    return _counted(asked, [0, 0, 0, 0, 0, 1], 1.0)


@look("Before train the optimizer's learning rate was 0.5. Afterwards", "it was")
def rate_left(asked: Asked) -> Any:
    """What train makes of the learning rate."""
    asked.student.provide(discount_rewards=Returns(asked.reference))
    model = learner(asked.student, _lesson(SMALL).weights, 0.5)
    _, episode = _lesson(SMALL).start(asked.student)
    model = learner(asked.student, _lesson(SMALL).weights, 0.5)
    asked.student.train(model, episode, 0.5)
    return round(model.state().rate, 5)


@look()
def another_optimizer(asked: Asked) -> Any:
    """Whether the model has another optimizer or loss after the call."""
    asked.student.provide(discount_rewards=Returns(asked.reference))
    model, episode = _lesson(SMALL).start(asked.student)
    before = model.state().optimizer
    asked.student.train(model, episode, 0.5)
    return before != model.state().optimizer


@look()
def own_train_step(asked: Asked) -> Any:
    """What Keras is to do in each step of a training, by name."""
    asked.student.provide(discount_rewards=Returns(asked.reference))
    model, episode = _lesson(SMALL).start(asked.student)
    asked.student.train(model, episode, 0.5)
    return [model.ask("do", f"{name}.__qualname__") for name in ("train_step", "compute_loss")]


@look()
def seeds(asked: Asked) -> Any:
    """Whether it seeds NumPy's generator."""
    asked.student.provide(discount_rewards=Returns(asked.reference))
    model, episode = _lesson(SMALL).start(asked.student)
    call = lambda: asked.student.train(model, episode, 0.5)  # noqa: E731
    return seeds_anew(asked.student, np.random.default_rng(0), model, call)


@look()
def lost_to_nil(asked: Asked) -> Any:
    """A game that is lost by 21 points, and little else happens."""
    rewards = np.zeros(210)
    rewards[9::10] = -1
    return _counted(asked, rewards, 0.99, 0.5)


@look()
def long_episode(asked: Asked) -> Any:
    """More steps than several batches have."""
    rewards = np.random.default_rng(2).normal(-0.1, 1, 1530)
    return _counted(asked, rewards, 0.99, 2.0)


@look()
def strays_in_a_long_episode(asked: Asked) -> Any:
    """See strays."""
    rewards = np.random.default_rng(2).normal(-0.1, 1, 1530)
    return round(_changed(asked, _lesson(rewards, 2.0), 0.99).strays(), 1)


@look()
def twenty_fifth_call(asked: Asked) -> Any:
    """What the last of many calls does."""
    task = _lesson(SMALL)
    asked.student.provide(discount_rewards=Returns(asked.reference))
    model, episode = task.start(asked.student)
    asked.student.repeated("train", 24, model, episode, 0.5)
    model.set_weights([task.weights])
    asked.student.train(model, episode, 0.5)
    return np.round(task.change(model).sample_weights(), SHOWN) + 0.0


@look("Your train was given an episode of 8 steps. Those that it learned from", "were")
def steps_learned_from(asked: Asked) -> Any:
    """How many, each as often as it was learned from, by the notebook's network."""
    asked.student.provide(discount_rewards=Returns(asked.reference))
    model, _ = _compiled(asked)
    model.ask("quicken")
    before = model.samples()
    asked.student.train(model, _episode(asked, 8), 0.9)
    return model.samples() - before


@look(last=True, rtol=2e-2, atol=2e-2)
def real_network(asked: Asked) -> Any:
    """How the layers of the notebook's network move, for an episode of 40 steps."""
    asked.student.provide(discount_rewards=Returns(asked.reference))
    model, start = _compiled(asked)
    asked.student.train(model, _episode(asked, 40), 0.9)
    return projected(start, model.weights())


def _episode(asked: Asked, steps: int) -> Episode:
    """Return an episode of random actions and rewards, whose observations have no pixel in common."""
    rng = np.random.default_rng(3)
    pixels = rng.permutation(12800).reshape(40, -1)[:steps, :300]
    actions = np.eye(6, dtype=np.float32)[rng.integers(6, size=steps)]
    rewards = rng.normal(-0.1, 1, steps).astype(np.float32)
    return new_episode(asked.student, pixels, actions, rewards)


def _compiled(asked: Asked) -> tuple[Model, list[Floats]]:
    """Return the notebook's network and its weights, compiled so that the order of batches counts nothing."""
    model = their_network(asked)
    start = random_weights(model.weights())
    model.set_weights(start)
    model.compile("SGD", 1e-6, "sum")
    return model, start
