"""What build_model is asked once it has lost points: its layers, what they compute, how they learn."""

from typing import Any

import numpy as np

from autograder.checker.naming.look import Asked, Stopped, close, look
from checks.policy_gradient.environments import frames, sparse
from checks.policy_gradient.misconceptions.shared_networks import projected, random_weights
from checks.policy_gradient.network import MOST_PARAMETERS, NO_MODEL
from checks.policy_gradient.notebook import Floats, Model, a_model

TOO_MANY = "parameters"
TARGETS = np.eye(6, dtype=np.float32)


def _model(asked: Asked, scale: float = 1.0) -> tuple[Model, list[Floats]]:
    """Return a model of theirs and its weights: known ones, the kernels so many times as large."""
    model = a_model(asked.student.build_model(), NO_MODEL)
    start = [each * (scale if each.ndim > 1 else 1.0) for each in random_weights(model.weights())]
    model.set_weights(start)
    return model, start


def _observations(count: int) -> Floats:
    return sparse(np.random.default_rng(5), count)


def _say_layers(came: Any, wanted: Any) -> str:
    if isinstance(came, Stopped):
        return ""
    if came and str(came[0]).endswith(TOO_MANY):
        return f"Your network has {came[0]}; it should have 235,558."
    differ = [pair for pair in zip(came, wanted, strict=False) if pair[0] != pair[1]]
    if not differ or len(came) != len(wanted):
        return f"Your network has {len(came)} arrays of weights; it should have {len(wanted)}."
    return (
        f"Your network has weights of the shape {differ[0][0]} where {differ[0][1]} is asked for."
    )


@look(say=_say_layers, telling=False)
def layers(asked: Asked) -> Any:
    """The shapes of all arrays of weights, as text; of a network that is far too large how many there are."""
    model = a_model(asked.student.build_model(), NO_MODEL)
    count = model.ask("do", "count_params")
    if type(count) is int and count > MOST_PARAMETERS:
        return [f"{count:,} {TOO_MANY}"]
    return [" x ".join(map(str, each.shape)) for each in model.weights()]


@look("For an observation and weights of our choice the six outputs of your network", "were")
def outputs(asked: Asked) -> Any:
    """One observation. To call a model costs less than a first prediction of it, and is the same."""
    model, _ = _model(asked)
    return np.asarray(model.output(_observations(1)))[0]


@look()
def outputs_of_a_large_batch(asked: Asked) -> Any:
    """A batch as in training."""
    model, _ = _model(asked)
    return model.output(_observations(12))


@look()
def outputs_of_large_weights(asked: Asked) -> Any:
    """Weights with which layers compute hundreds: what is capped shows."""
    model, _ = _model(asked, 7.0)
    return model.output(_observations(4))


@look()
def outputs_of_the_game(asked: Asked) -> Any:
    """Frames of a real game, in which little is 1."""
    model, _ = _model(asked)
    return model.output(np.concatenate([frames()[0][:2], frames()[1][:2]]))


@look()
def when_called(asked: Asked) -> Any:
    """What it computes when it is called, where predict_on_batch may do something else."""
    model, _ = _model(asked, 3.0)
    return [model.predict(_observations(2)), model.output(_observations(2))]


@look()
def own_methods(asked: Asked) -> Any:
    """What Keras is to do in a training and for a prediction, by name."""
    model, _ = _model(asked)
    return [
        model.ask("do", f"{name}.__qualname__") for name in ("fit", "train_step", "predict_step")
    ]


@look(rtol=2e-2, atol=1e-2)
def learned(asked: Asked) -> Any:
    """How its layers move in a training on four observations."""
    model, start = _model(asked)
    after = model.learn(_observations(4), TARGETS[:4], np.array([1.0, -1.0, 0.5, 2.0]), 0.01)
    return projected(start, after)


@look()
def learned_alike(asked: Asked) -> Any:
    """Whether the same training moves it the same way twice."""
    model, start = _model(asked)
    lesson = _observations(4), TARGETS[:4], np.array([1.0, -1.0, 0.5, 2.0]), 0.01
    first = projected(start, model.learn(*lesson))
    model.set_weights(start)
    return close(first, projected(start, model.learn(*lesson)), 2e-2, 1e-2)


@look(rtol=2e-2, atol=1e-2)
def learned_from_a_large_batch(asked: Asked) -> Any:
    """How its layers move in a training on twelve."""
    model, start = _model(asked)
    weights = np.linspace(-1, 1, 12)
    after = model.learn(_observations(12), np.resize(TARGETS, (12, 6)), weights, 0.01)
    return projected(start, after)


@look()
def penalties(asked: Asked) -> Any:
    """What it adds to its loss."""
    model, _ = _model(asked)
    model.learn(_observations(4), TARGETS[:4], np.ones(4), 0.01)
    return model.penalties()


@look()
def start(asked: Asked) -> Any:
    """Whether the units of each layer but the last differ at the start."""
    weights = a_model(asked.student.build_model(), NO_MODEL).weights()
    kernels = [each for each in weights if each.ndim > 1][:-1]
    return [bool(np.ptp(each, axis=-1).max() > 0) for each in kernels]


@look()
def two_models(asked: Asked) -> Any:
    """Whether two calls make two models."""
    one, other = asked.student.build_model(), asked.student.build_model()
    return bool(one == other)


@look()
def sure_at_the_start(asked: Asked) -> Any:
    """Whether a new network has an opinion."""
    model = a_model(asked.student.build_model(), NO_MODEL)
    return bool(np.max(np.asarray(model.output(_observations(2)))) > 0.8)
