"""The network: what counts is the function that it computes and how it learns, not how it was put together.

The student's weights are recognised by their shapes, all different, and copied into the reference's
network. Two networks with equal weights and equal outputs on random observations are the same network.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from autograder.checker import expect
from autograder.checker.student import Student
from checks.policy_gradient.environments import frames, sparse
from checks.policy_gradient.network import LAYERS, NO_MODEL, as_theirs, in_our_order, random_like
from checks.policy_gradient.notebook import Floats, Model, a_model
from checks.policy_gradient.together import Outcome

OTHER_FUNCTION = (
    "With the same weights as ours, your network predicts something else. Compare each layer's strides, "
    "padding and activation with the description, and the order of the layers."
)
CANNOT_LEARN = (
    "From the weights that it starts with, your network cannot learn: all units of a layer are alike, or "
    "nothing of the observation gets through. Which initialisers does it use? Keras's own will do."
)
OTHER_LEARNING = (
    "While it is trained with fit, your network behaves differently from ours. Has it a layer, a penalty or "
    "a constraint that was not asked for, or a layer that must not learn?"
)
MOST_SURE = 0.8  # at the start
OTHER_OUTPUT = (
    "What your network predicts with predict_on_batch is something else than what it computes when it is "
    "called. Leave its methods as Keras has them."
)


@dataclass(repr=False)
class Built:
    """The student's model, the weights that it started with, and random ones of the same shapes."""

    model: Model
    start: list[Floats]
    random: list[Floats]


_built: dict[Student, Built] = {}


@pytest.fixture
def built(student: Student, rng: np.random.Generator) -> Built:
    """The student's model, built once for all checks."""
    if student not in _built:
        model = a_model(student.once("build_model"), NO_MODEL)
        start = model.weights()
        _built[student] = Built(model, start, random_like(start, rng))
    return _built[student]


@pytest.fixture
def model(built: Built) -> Model:
    """The student's model, with random weights."""
    built.model.set_weights(built.random)
    return built.model


def test_output_shape(model: Model, rng: np.random.Generator) -> None:
    """Six numbers for each observation, which depend on it, in batches of 1 and more."""
    sentence = (
        "For a batch of n observations of shape (80, 80, 2) the model should give n rows of six numbers. "
        "Look at the shapes of your first and your last layer."
    )
    batch = sparse(rng, 5)
    outputs = expect.floats(model.predict(batch), (5, 6), sentence)
    alone = expect.floats(model.predict(batch[3:4]), (1, 6), sentence)
    assert np.allclose(alone, outputs[3:4], rtol=1e-3, atol=1e-5), (
        "The model's output for an observation changes with the other observations of its batch. "
        "Each should be treated alone."
    )
    _assert_depends_on_observation(outputs)


@pytest.mark.parametrize("layer", range(4), ids=["convolution_1", "convolution_2", "dense", "last"])
def test_layers(built: Built, layer: int, rng: np.random.Generator) -> None:
    """The layer has the asked number of weights, and stands between the input and the output.

    So with its kernel at 0 the outputs for two observations are one and the same, whatever the strides, the
    padding and the activations; weights that a model only shows do nothing of the kind.
    """
    name, kernel, bias = LAYERS[layer]
    shapes = [array.shape for array in built.random]
    assert shapes.count(kernel) == shapes.count(bias) == 1, (
        f"The {name} does not have the parameters that were asked for. Compare "
        "build_model().summary() with the table in the notebook, layer by layer."
    )
    weights = [0 * array if array.shape == kernel else array for array in built.random]
    built.model.set_weights(weights)
    outputs = expect.floats(built.model.predict(sparse(rng, 5)), (5, 6), OTHER_FUNCTION)
    assert np.allclose(outputs[1:], outputs[0], rtol=1e-3, atol=1e-6), (
        f"Even where all weights of the {name} are 0, the model's output depends on the "
        "observation. Does every layer stand between the input and the output?"
    )


def test_probabilities(model: Model, rng: np.random.Generator) -> None:
    """The six numbers are a probability distribution, whatever the weights."""
    sentence = (
        "The six outputs should be probabilities: none negative, and together 1 for each observation. "
        "Which activation makes them so?"
    )
    outputs = expect.floats(model.predict(sparse(rng, 5)), (5, 6), sentence)
    assert (outputs >= 0).all(), sentence
    assert np.allclose(outputs.sum(axis=1), 1, atol=1e-4), sentence
    _assert_depends_on_observation(outputs)


def test_same_function(built: Built, reference: Student, rng: np.random.Generator) -> None:
    """With equal weights it predicts what ours does: those that it starts from, and larger random ones.

    In these the layers compute numbers of hundreds and thousands, and the last one is far from 0, above and
    below: whatever is capped or clipped there shows.
    """
    ours, theirs = reference.once("build_model"), built.start
    weights = in_our_order(built.random)
    observations = np.concatenate([sparse(rng, 3), rng.choice(frames()[1], 3, replace=False)])
    larger = [_rescaled(weights, rng.uniform(200, 1000), sign * 60) for sign in (-1, 1)]
    for each in (in_our_order(built.start), *larger):
        ours.set_weights(each)
        built.model.set_weights(as_theirs(theirs, each))
        wanted = ours.predict(observations)
        # Weights of the student's choice could make the network constant, so they come first.
        predicted = expect.floats(built.model.predict(observations), (6, 6), OTHER_FUNCTION)
        expect.close(_as_probabilities(predicted), wanted, OTHER_FUNCTION, 1e-2, 1e-4)
    expect.close(built.model.output(observations), predicted, OTHER_OUTPUT, 1e-2, 1e-4)


def test_starts_well(built: Built, student: Student, rng: np.random.Generator) -> None:
    """Each call builds another network, which starts near uniform, and all of which can learn.

    So the units of each layer differ at the start, and signals get through. The last layer may start from 0:
    its units learn different things all the same.
    """
    start = in_our_order(built.start)
    assert all(np.ptp(kernel, axis=-1).max() > 0 for kernel in start[:-2:2]), CANNOT_LEARN
    observations = sparse(rng, 5)
    built.model.set_weights(built.start)
    outputs = expect.floats(built.model.predict(observations), (5, 6), OTHER_FUNCTION)
    assert outputs.max() < MOST_SURE, (
        "Your network starts with an opinion: for a random observation it gives one action a probability of "
        f"more than {MOST_SURE:g}. It should start near 1/6 for each. Which initialisers does it use?"
    )
    last = random_like(start[-2:], rng)
    built.model.set_weights(as_theirs(built.start, [*start[:-2], *last]))
    outputs = expect.floats(built.model.predict(observations), (5, 6), OTHER_FUNCTION)
    assert np.ptp(outputs, axis=0).max() > 1e-6, CANNOT_LEARN
    another = a_model(student.build_model(), NO_MODEL)
    another.set_weights(built.random)
    expect.close(
        built.model.predict(observations),
        outputs,
        "Two models from two calls of build_model are not independent: what is changed in one, changes the "
        "other. Each call should build its own.",
        1e-3,
        1e-6,
    )


def test_learns_like_ours(built: Built, reference: Student, rng: np.random.Generator) -> None:
    """`fit` moves all weights as it moves the reference's: nothing frozen, no dropout, no constraint.

    Some sample weights are negative, one is 0. What the model says of its penalties must be nothing, too.
    """
    ours = reference.once("build_model")
    weights = in_our_order(built.random)
    observations, targets = sparse(rng, 4), np.eye(6)[rng.integers(6, size=4)]
    built.model.set_weights(built.random)
    ours.set_weights(weights)
    lesson = observations, targets.astype(np.float32), rng.permutation([1.5, -1.0, 0.0, 2.0])
    wanted = ours.descend(*lesson, rate=0.1)
    moved = in_our_order(built.model.learn(*lesson, 0.1))
    for before, end, after in zip(weights, wanted, moved, strict=True):
        scale = np.abs(end - before).max()
        expect.close((after - before) / scale, (end - before) / scale, OTHER_LEARNING, 1e-2, 1e-2)
    penalties = built.model.penalties()
    assert isinstance(penalties, list), OTHER_LEARNING
    assert all(expect.floats(each, (), OTHER_LEARNING) == 0 for each in penalties), OTHER_LEARNING


def test_put_together(together: Outcome) -> None:
    """Together with the other exercises, the network learns as ours does and predicts as ours does."""
    together.of("build_model")


def _rescaled(weights: list[Floats], factor: float, shift: float) -> list[Floats]:
    """Return weights of the same function, in which hidden layers compute numbers so many times as large.

    ReLU is homogeneous, and softmax does not see that all its inputs are shifted.
    """
    k1, b1, k2, b2, k3, b3, k4, b4 = weights
    return [
        factor * k1, factor * b1, k2, factor * b2, k3, factor * b3, k4 / factor, b4 + shift,
    ]  # fmt: skip


def _as_probabilities(outputs: Floats) -> Floats:
    """Return outputs (n, 6), or where these are no probabilities, which another check says, their softmax."""
    if (outputs >= 0).all() and np.allclose(outputs.sum(axis=1), 1, atol=1e-4):
        return outputs
    exponentials = np.exp(outputs - outputs.max(axis=1, keepdims=True))
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True))


def _assert_depends_on_observation(outputs: Floats) -> None:
    assert np.ptp(outputs, axis=0).max() > 1e-6, (
        "The model's output is the same for all observations. Is the input connected to the output?"
    )
