"""What compile_model is asked once it has lost points: the loss, steps, what became of the model."""

from typing import Any

import numpy as np

from autograder.checker.naming.look import Asked, look
from checks.policy_gradient.environments import sparse
from checks.policy_gradient.misconceptions.shared_networks import (
    projected,
    random_weights,
    their_network,
)
from checks.policy_gradient.notebook import Model, tiny_model

SIZES = (1.0, 0.5, 2.0, 0.01, 0.3, 1.5, 0.2, 0.8, 0.05, 1.1)


def _compiled(asked: Asked, rate: float = 0.01) -> Model:
    model = tiny_model(asked.student)
    asked.student.compile_model(model, rate)
    return model


def _loss(model: Model, *rows: list[float]) -> Any:
    actions = np.eye(6, dtype=np.float32)[: len(rows)]
    return model.loss_value(actions, np.array(rows, np.float32), np.ones(len(rows), np.float32))


@look(
    "For the action 0 and predicted probabilities of 0.5 for it and 0.1 for each other one",
    "the loss was",
)
def loss_of_one_step(asked: Asked) -> Any:
    """The cross-entropy is -log(0.5)."""
    return _loss(_compiled(asked), [0.5, 0.1, 0.1, 0.1, 0.1, 0.1])


@look()
def loss_of_unlikely_actions(asked: Asked) -> Any:
    """Two actions that are next to impossible."""
    others = [1e-5, *[(1 - 1e-5) / 5] * 5]
    return _loss(_compiled(asked), others, [0.2, 0.0001, 0.3, 0.2, 0.2, 0.0999])


@look(rtol=2e-2, atol=2e-2)
def path(asked: Asked) -> Any:
    """Where the optimizer takes the weights, in units of its first step."""
    model, rng = _compiled(asked), np.random.default_rng(0)
    gradients = [size * rng.standard_normal((8, 6), np.float32) for size in SIZES]
    start = rng.choice([-1, 1], (8, 6)).astype(np.float32)
    model.set_weights([start])
    steps = np.array(model.optimizer_steps(gradients)) - start
    return steps / (np.abs(steps[0]).max() or 1.0)


def _length(asked: Asked, rate: float, taken: int) -> float:
    """Return how far the optimizer goes in one step, after so many."""
    model = _compiled(asked, rate)
    model.set_weights([np.zeros((8, 6), np.float32)])
    steps = model.optimizer_steps([np.ones((8, 6), np.float32)], [taken])
    return float(np.abs(steps[0]).max())


@look("With the learning rate 0.1", "the first step moved the weights by", rtol=1e-2, atol=0.0)
def large_rate(asked: Asked) -> Any:
    """Adam's first step is as long as its rate."""
    return _length(asked, 0.1, 0)


@look("With the learning rate 0.00003", "the first step moved the weights by", rtol=1e-2, atol=0.0)
def small_rate(asked: Asked) -> Any:
    """The notebook's own rate."""
    return _length(asked, 3e-5, 0)


@look(rtol=1e-2, atol=0.0)
def later_rates(asked: Asked) -> Any:
    """The same for later steps."""
    return [_length(asked, 0.01, taken) for taken in (1000, 50_000, 400_000)]


@look()
def settings(asked: Asked) -> Any:
    """What no short path shows of an optimizer."""
    model = _compiled(asked)
    return [
        model.ask("do", f"optimizer.{name}") for name in ("amsgrad", "use_ema", "beta_1", "beta_2")
    ]


@look("The weights of the model were 1 and -1 by turns. After compile_model", "they were")
def weights_left(asked: Asked) -> Any:
    """compile_model only compiles."""
    model = tiny_model(asked.student)
    start = np.resize([1.0, -1.0], (8, 6)).astype(np.float32)
    model.set_weights([start])
    asked.student.compile_model(model, 0.01)
    return model.weights()


@look()
def own_methods(asked: Asked) -> Any:
    """What Keras is to do in a training and for a prediction, by name."""
    model = _compiled(asked)
    names = ("fit", "train_step", "predict_step", "compute_loss", "make_train_function")
    return [model.ask("do", f"{name}.__qualname__") for name in names]


@look()
def frozen(asked: Asked) -> Any:
    """How many arrays of the notebook's network may learn after the call."""
    model = their_network(asked)
    asked.student.compile_model(model, 0.01)
    return len(model.ask("do", "trainable_variables"))


@look(last=True, rtol=2e-2, atol=2e-2)
def real_network(asked: Asked) -> Any:
    """How the layers of the notebook's network move in a training, and what it predicts."""
    model, rng = their_network(asked), np.random.default_rng(0)
    start = random_weights(model.weights())
    model.set_weights(start)
    asked.student.compile_model(model, 0.01)
    observations = sparse(rng, 4)
    predicted = model.predict(observations)
    after = model.fit(observations, np.eye(6, dtype=np.float32)[:4], np.array([1.0, -1, 0.5, 2]))
    return [predicted, projected(start, after)]
