"""The network: what counts is the function that it computes, not how it was put together.

The student's weights are recognised by their shapes, all different, and copied into the reference's
network. Two networks with equal weights and equal outputs on random observations are the same network.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from autograder.checker import expect
from autograder.checker.student import Student
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
    "While it is trained, your network behaves differently from ours. Has it a layer or a penalty that was "
    "not asked for, such as dropout or an L2 regulariser, or a layer that must not learn?"
)

Built = tuple[Model, list[Floats]]
_built: dict[Student, Built] = {}


@pytest.fixture
def built(student: Student) -> Built:
    """The student's model, built once for all checks, and the weights that it started with."""
    if student not in _built:
        model = a_model(student.build_model(), NO_MODEL)
        _built[student] = model, model.weights()
    return _built[student]


@pytest.fixture
def model(built: Built) -> Model:
    """The student's model: each check gives it weights of its own."""
    return built[0]


def test_output_shape(model: Model, rng: np.random.Generator) -> None:
    """Six numbers for each observation, which depend on it, in batches of 1 and more."""
    sentence = (
        "For a batch of n observations of shape (80, 80, 2) the model should give n rows of six numbers. "
        "Look at the shapes of your first and your last layer."
    )
    _randomise(model, rng)
    batch = _observations(rng, 5)
    outputs = expect.floats(model.predict(batch), (5, 6), sentence)
    alone = expect.floats(model.predict(batch[3:4]), (1, 6), sentence)
    assert np.allclose(alone, outputs[3:4], rtol=1e-3, atol=1e-5), (
        "The model's output for an observation changes with the other observations of its batch. "
        "Each should be treated alone."
    )
    _assert_depends_on_observation(outputs)


def test_probabilities(model: Model, rng: np.random.Generator) -> None:
    """The six numbers are a probability distribution, whatever the weights."""
    sentence = (
        "The six outputs should be probabilities: none negative, and together 1 for each observation. "
        "Which activation makes them so?"
    )
    _randomise(model, rng)
    outputs = expect.floats(model.predict(_observations(rng, 4)), (4, 6), sentence)
    assert (outputs >= 0).all(), sentence
    assert np.allclose(outputs.sum(axis=1), 1, atol=1e-4), sentence
    _assert_depends_on_observation(outputs)


def test_parameters(model: Model, rng: np.random.Generator) -> None:
    """Every layer has the asked number of weights, and stands between the input and the output."""
    theirs = model.weights()
    random = random_like(in_our_order(theirs), rng)
    _assert_nothing_gets_past(model, theirs, random, rng)
    observation = _observations(rng, 1)
    outputs = []
    for factor in (1.0, 0.7):
        model.set_weights(as_theirs(theirs, [factor * random[0], *random[1:]]))
        outputs.append(expect.floats(model.predict(observation), (1, 6), OTHER_FUNCTION))
    assert np.abs(outputs[0] - outputs[1]).max() > 1e-6, (
        "The weights of the first convolution have no influence on the output. "
        "Is each layer connected to the one before it?"
    )


def test_same_function(built: Built, reference: Student, rng: np.random.Generator) -> None:
    """With the weights that the student's model starts from, then with others, in batches of 1 and more."""
    model, start = built
    ours = reference.once("build_model")
    model.set_weights(start)
    ours.set_weights(in_our_order(start))
    observations = _observations(rng, 4)
    expect.close(
        model.predict(observations[1:]), ours.predict(observations[1:]), OTHER_FUNCTION, 1e-3, 1e-5
    )
    _same_random_weights(model, ours, rng)  # weights of the student's choice could make it constant
    expect.close(
        model.predict(observations[:1]), ours.predict(observations[:1]), OTHER_FUNCTION, 1e-2, 1e-4
    )


def test_same_function_with_larger_weights(
    model: Model, reference: Student, rng: np.random.Generator
) -> None:
    """With larger weights, so that every activation shows what it does."""
    ours = reference.once("build_model")
    _same_random_weights(model, ours, rng)
    observations = _observations(rng, 4)
    expect.close(
        model.predict(observations), ours.predict(observations), OTHER_FUNCTION, 1e-2, 1e-4
    )


def test_learns_like_ours(built: Built, reference: Student, rng: np.random.Generator) -> None:
    """One step of training moves all weights as it moves the reference's: nothing frozen, no dropout.

    Neither that step nor a step of `fit` counts what the model says of its penalties as less than it says.
    """
    model, start = built
    _assert_can_learn(model, start, rng)
    ours = reference.once("build_model")
    weights = _same_random_weights(model, ours, rng)
    observations, targets = _observations(rng, 4), np.eye(6)[rng.integers(6, size=4)]
    wanted = ours.descend(observations, targets.astype(np.float32), 0.1)
    moved = in_our_order(model.descend(observations, targets.astype(np.float32), 0.1))
    for before, end, after in zip(weights, wanted, moved, strict=True):
        scale = np.abs(end - before).max()
        expect.close((after - before) / scale, (end - before) / scale, OTHER_LEARNING, 1e-2, 1e-2)
    penalties = model.penalties()
    assert isinstance(penalties, list), OTHER_LEARNING
    assert all(expect.floats(each, (), OTHER_LEARNING) == 0 for each in penalties), OTHER_LEARNING


def test_put_together(together: Outcome) -> None:
    """Together with the other exercises, the network learns as ours does and predicts as ours does."""
    together.of("build_model")


def _observations(rng: np.random.Generator, size: int) -> npt.NDArray[np.float32]:
    return (rng.random((size, 80, 80, 2)) < 0.05).astype(np.float32)


def _randomise(model: Model, rng: np.random.Generator) -> None:
    model.set_weights(random_like(model.weights(), rng))


def _same_random_weights(model: Model, ours: Model, rng: np.random.Generator) -> list[Floats]:
    """Give both models the same random weights and return them in our order."""
    theirs = model.weights()
    weights = random_like(in_our_order(theirs), rng)
    ours.set_weights(weights)
    model.set_weights(as_theirs(theirs, weights))
    return weights


def _assert_nothing_gets_past(
    model: Model, theirs: Sequence[Floats], random: Sequence[Floats], rng: np.random.Generator
) -> None:
    """Check that with any layer's kernel at 0, the outputs for two observations are one and the same.

    So it is whatever the strides, the padding and the activations; and weights that a model only shows
    do nothing of the kind.
    """
    observations = _observations(rng, 2)
    for place, (name, *_) in enumerate(LAYERS):
        weights = list(random)
        weights[2 * place] = np.zeros_like(weights[2 * place])
        model.set_weights(as_theirs(theirs, weights))
        first, second = expect.floats(model.predict(observations), (2, 6), OTHER_FUNCTION)
        assert np.allclose(first, second, rtol=1e-3, atol=1e-6), (
            f"Even where all weights of the {name} are 0, the model's output depends on the "
            "observation. Does every layer stand between the input and the output?"
        )


def _assert_can_learn(model: Model, theirs: Sequence[Floats], rng: np.random.Generator) -> None:
    """Check that the units of each layer differ at the start, and that signals (so gradients, too) pass.

    The last layer may start from 0: its units learn different things all the same.
    """
    start = in_our_order(theirs)
    assert all(np.ptp(kernel, axis=-1).max() > 0 for kernel in start[:-2:2]), CANNOT_LEARN
    model.set_weights(as_theirs(theirs, [*start[:-2], *random_like(start[-2:], rng)]))
    outputs = expect.floats(model.predict(_observations(rng, 2)), (2, 6), OTHER_FUNCTION)
    assert np.ptp(outputs, axis=0).max() > 1e-6, CANNOT_LEARN


def _assert_depends_on_observation(outputs: Floats) -> None:
    assert np.ptp(outputs, axis=0).max() > 1e-6, (
        "The model's output is the same for all observations. Is the input connected to the output?"
    )
