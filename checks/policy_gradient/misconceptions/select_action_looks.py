"""What select_action is asked once it has lost points: draws, and what becomes of what it is given."""

from typing import Any

import numpy as np

from autograder.checker.naming.look import Asked, Stopped, look
from autograder.checker.student import made
from checks.policy_gradient.environments import frames
from checks.policy_gradient.misconceptions.shared_draws import fits, valid
from checks.policy_gradient.misconceptions.shared_networks import random_weights, their_network
from checks.policy_gradient.notebook import Floats, Model, learner, policy
from checks.policy_gradient.policies import table

LEANING = np.array([0.5, 0.2, 0.12, 0.09, 0.06, 0.03])
EVEN = np.array([0.3, 0.25, 0.17, 0.13, 0.1, 0.05])
RARE = np.array([0.004, 0.984, 0.003, 0.003, 0.003, 0.003])
COUNT = 1000


def _say(about: str, wanted: Floats) -> Any:
    shares = ", ".join(f"{share:.3g}" for share in wanted)

    def say(came: Any, _: Any) -> str:
        if isinstance(came, Stopped):
            return ""
        if not valid(came):
            return "select_action should give back one whole number from 0 to 5."
        found = np.bincount(came, minlength=6) / len(came)
        drawn = ", ".join(f"{share:.3g}" for share in found)
        return (
            f"{about} the probabilities {shares} the actions 0 to 5 came with the shares {drawn}."
        )

    return say


def _fits(wanted: Floats) -> Any:
    return lambda came, _: valid(came) and fits(came, wanted)


def _drawn(asked: Asked, wanted: Floats, count: int) -> Any:
    """Draw so often for one observation."""
    weights, observations = table(np.random.default_rng(0), [np.zeros(6), np.log(wanted)])
    model = policy(asked.student, weights)
    return asked.student.repeated("select_action", count, model, observations[1])


def _sure(observations: int) -> tuple[Floats, Floats, Any]:
    actions = np.random.default_rng(4).permutation(6)[:observations]
    rows = np.repeat(60 * np.eye(6)[actions], 2, axis=0)
    weights, shown = table(np.random.default_rng(1), rows)
    return weights, shown[1::2], actions  # the others are frames of the game


@look()
def by_turns(asked: Asked) -> Any:
    """Four observations in turns, for each of which another action is sure."""
    weights, observations, _ = _sure(4)
    turns = [0, 1, 2, 3, 1, 0, 3, 2, 0, 2, 1, 3]
    many = [[policy(asked.student, weights), each] for each in observations]
    return asked.student.in_turns("select_action", turns, many)


@look()
def after_learning(asked: Asked) -> Any:
    """The same observation three times, before and after the model has learned something else."""
    weights, observations, _ = _sure(2)
    model, drawn = policy(asked.student, weights), []
    for shift, count in enumerate((2, 3, 1, 4)):
        model.set_weights([np.roll(weights, shift, axis=1)])
        drawn += asked.student.repeated("select_action", count, model, observations[0])
    return drawn


@look()
def another_model(asked: Asked) -> Any:
    """The same observation for two models."""
    weights, observations, _ = _sure(2)
    models = (
        policy(asked.student, weights),
        learner(asked.student, np.roll(weights, 2, axis=1), 0.1),
    )
    return [asked.student.select_action(model, observations[0]) for model in models]


@look()
def frames_of_the_game(asked: Asked) -> Any:
    """Frames without the ball, for each of which an action other than FIRE is sure."""
    shown = frames()[0][:4].copy()
    for number, each in enumerate(shown):
        each[number, 0, 0] = 1.0
    weights = np.zeros((12800, 6), np.float32)
    for number in range(4):
        weights[number * 160, 2 + number] = 60.0
    model = policy(asked.student, weights)
    return [asked.student.select_action(model, each) for each in shown]


@look("We passed an observation with 640 pixels that are 1. Afterwards", "there were")
def observation_left(asked: Asked) -> Any:
    """The observation is only looked at."""
    weights, *_ = _sure(2)
    shown = np.zeros(12800, np.float32)
    shown[::20] = 1.0
    model = policy(asked.student, weights)
    _, left = asked.student.with_arguments("select_action", model, shown.reshape(80, 80, 2))
    return float(np.sum(left[1])) if len(left) == 2 else None


@look()
def weights_left(asked: Asked) -> Any:
    """How far the model's weights moved."""
    weights, observations, _ = _sure(2)
    model = policy(asked.student, weights)
    asked.student.repeated("select_action", 3, model, observations[0])
    left = model.weights()
    return [float(np.abs(each - weights).max()) for each in left if each.shape == weights.shape]


@look()
def still_compiled(asked: Asked) -> Any:
    """Whether the model has the optimizer that it had, and may learn."""
    weights, observations, _ = _sure(2)
    model = policy(asked.student, weights)
    before = model.state().optimizer
    asked.student.select_action(model, observations[0])
    return [before == model.state().optimizer, len(model.ask("do", "trainable_variables"))]


@look()
def own_methods(asked: Asked) -> Any:
    """What Keras is to do in a training and for a prediction, by name."""
    weights, observations, _ = _sure(2)
    model = policy(asked.student, weights)
    asked.student.select_action(model, observations[0])
    names = ("train_step", "predict_step")
    return [model.ask("do", f"{name}.__qualname__") for name in names]


@look(say=_say("With", LEANING), same=_fits(LEANING))
def leaning(asked: Asked) -> Any:
    """One action is clearly likelier."""
    return _drawn(asked, LEANING, COUNT)


@look(say=_say("With", EVEN), same=_fits(EVEN))
def even(asked: Asked) -> Any:
    """None is much likelier."""
    return _drawn(asked, EVEN, COUNT)


@look(say=_say("With", RARE), same=_fits(RARE))
def rare(asked: Asked) -> Any:
    """All but one are seldom."""
    return _drawn(asked, RARE, 2 * COUNT)


def _of_network(asked: Asked) -> tuple[Model, Floats]:
    model = their_network(asked)
    model.set_weights(random_weights(model.weights()))
    return model, frames()[1][0]


@look()
def one_action_whatever_is_seen(asked: Asked) -> Any:
    """Whether a network that is sure of one action, whatever it sees, always plays that."""
    model, shown = _of_network(asked)
    weights = model.weights()
    weights[-2], weights[-1] = 0.0 * weights[-2], 60.0 * np.eye(6, dtype=np.float32)[4]
    model.set_weights(weights)
    return all(asked.student.select_action(model, shown) == 4 for _ in range(6))


@look()
def several_by_a_new_model(asked: Asked) -> Any:
    """Whether several actions come where the model has learned nothing yet and is not sure."""
    weights, observations = table(np.random.default_rng(0), [np.zeros(6), np.log(EVEN)])
    model = made(Model, asked.student.ask("small_model", weights, 0))
    drawn = asked.student.repeated("select_action", 40, model, observations[1])
    return valid(drawn) and len({*drawn}) > 1


@look(last=True)
def real_network(asked: Asked) -> Any:
    """The commonest action in 40 draws by the notebook's network, and whether others came."""
    model, shown = _of_network(asked)
    start = model.weights()
    start[-2] = start[-2] * 0.0  # nobody is sure then
    model.set_weights(start)
    drawn = [asked.student.select_action(model, shown) for _ in range(25)]
    assert all(np.ndim(each) == 0 for each in drawn), "no single number"
    return len({int(each) for each in drawn}) > 1


@look()
def kind_of_action(asked: Asked) -> Any:
    """What the action is: a number, an array of so many dimensions, six numbers."""
    weights, observations, _ = _sure(2)
    action = asked.student.select_action(policy(asked.student, weights), observations[0])
    if isinstance(action, np.ndarray):
        return f"array of shape {action.shape}"
    whole = isinstance(action, int | np.integer) and not isinstance(action, bool)
    return "number" if whole else type(action).__name__
