"""Cross-entropy for one-hot actions, and Adam with the given learning rate.

All of it is judged by what the compiled model does: its loss on random predictions, and the steps that
its optimizer takes. A model of one layer serves as well as the real one, and is cheap.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from autograder.checker import expect
from autograder.checker.channel import StudentError
from autograder.checker.student import Student
from checks.policy_gradient.environments import sparse
from checks.policy_gradient.notebook import Floats, Model, tiny_model
from checks.policy_gradient.together import Outcome

WEIGHTS = (8, 6)

SETTINGS = (
    "The optimizer does not take the steps that Adam takes. Which optimizer was asked for? "
    "Apart from the learning rate, leave its settings as they are."
)
NOT_COMPILED = (
    "The model that was passed to compile_model has no optimizer that could take a step afterwards. "
    "Does your code call compile on that very model?"
)


_models: dict[Student, Model] = {}


@pytest.fixture
def model(student: Student) -> Model:
    """A model of one layer: one for all checks, which compile it anew."""
    if student not in _models:
        _models[student] = tiny_model(student)
    return _models[student]


def test_loss(student: Student, model: Model, rng: np.random.Generator) -> None:
    """The loss of random predictions is the weighted mean of the cross-entropies with one-hot actions."""
    student.compile_model(model, 0.01)
    actions = np.eye(6, dtype=np.float32)[rng.integers(6, size=7)]
    predictions = rng.dirichlet(np.ones(6), 7).astype(np.float32)
    predictions[0] = 1e-5 * actions[0] + (1 - 1e-5) / 5 * (1 - actions[0])  # Keras cuts off at 1e-7
    weights = rng.normal(size=7).astype(np.float32)
    crossed = -np.log(np.maximum(predictions, 1e-7))[actions == 1]
    expect.close(
        _loss(model, actions, predictions, weights),
        (weights * crossed).mean(),
        "The compiled loss is not the cross-entropy between one-hot actions and predicted "
        "probabilities. Which loss fits labels that are one-hot vectors?",
        1e-3,
        1e-4,
    )


def test_optimizer(student: Student, model: Model, rng: np.random.Generator) -> None:
    """Over dozens of gradients the weights take the path on which Adam takes them, whatever its rate."""
    sizes = (1.0, 0.5, 2.0, 0.01, *rng.uniform(0.1, 1, rng.integers(16, 20)))
    gradients = [_gradient(rng, size) for size in sizes]
    model.set_weights([_anywhere(rng)])
    student.compile_model(model, 0.01)
    theirs = _path(model, gradients)
    assert np.abs(theirs).max() > 0, NOT_COMPILED
    expect.close(
        theirs / np.abs(theirs[0]).max(),
        _adam(gradients),
        SETTINGS,
        2e-2,
        2e-2,
    )
    assert model.ask("do", "optimizer.amsgrad") is False, SETTINGS


def test_learning_rate(student: Student, model: Model, rng: np.random.Generator) -> None:
    """For small and large rates each step is as long as Adam's, the hundred thousandth, too."""
    gradients = [np.sign(_gradient(rng, 1.0))] * 3
    taken = [
        0,
        *np.exp(rng.uniform(np.log((100, 5_000)), np.log((5_000, 500_000)))).astype(int).tolist(),
    ]
    for rate in (3e-5, np.exp(rng.uniform(np.log(0.002), np.log(0.5)))):
        model.set_weights([np.zeros(WEIGHTS, np.float32)])
        student.compile_model(model, float(rate))
        path = _path(model, gradients, taken)
        assert np.abs(path).max() > 0, NOT_COMPILED
        lengths = np.median(np.abs(path[:-1]), axis=(1, 2))
        wanted = rate * np.median(np.abs(_adam(gradients, taken)[:-1]), axis=(1, 2))
        assert np.allclose(lengths, wanted, rtol=1e-2), (
            "The optimizer does not use the learning rate that compile_model was given, from the first "
            "step to the last. We tried several: does it use the argument learning_rate as it is?"
        )


def test_nothing_else(student: Student, model: Model, rng: np.random.Generator) -> None:
    """The model is ready to learn, and apart from that as it was: its weights and its predictions."""
    before = _anywhere(rng)
    model.set_weights([before])
    observations = sparse(rng, 3)
    predicted = expect.floats(model.output(observations), (3, 6), NOT_COMPILED)
    student.compile_model(model, 0.1)
    sentence = "compile_model should leave the weights of the model as they are."
    expect.close(_only(model.weights(), sentence), before, sentence)
    expect.close(
        model.output(observations),
        predicted,
        "After compile_model the model predicts something else than before. It should only be compiled.",
        1e-4,
        1e-6,
    )
    assert np.abs(_path(model, [_gradient(rng, 1.0)])).max() > 0, NOT_COMPILED


def test_put_together(together: Outcome) -> None:
    """Together with the other exercises, the network takes the steps of Adam that it takes with ours."""
    together.of("compile_model")


def _anywhere(rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Return weights away from 0: where they are, decides nothing about a step."""
    return rng.choice([-1, 1], WEIGHTS).astype(np.float32)


def _adam(gradients: Sequence[Floats], taken: Sequence[int] | None = None) -> Floats:
    """Return how far Adam with a rate of 1 is from the start after each gradient, and at the end once more.

    Adam is Algorithm 1 of Kingma and Ba 2015 (arXiv:1412.6980), in the order of its section 2 and with
    Keras's settings. `taken` says how many steps it believes to have taken before each.
    """
    place = first = second = np.zeros(gradients[0].shape)
    path = []
    for number, gradient in enumerate(gradients):
        step = (taken[number] if taken else number) + 1
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        rate = np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        place = place - rate * first / (np.sqrt(second) + 1e-7)
        path.append(place)
    return np.array([*path, place])


def _gradient(rng: np.random.Generator, size: float) -> npt.NDArray[np.float32]:
    return size * rng.standard_normal(WEIGHTS, np.float32)


def _loss(
    model: Model,
    actions: npt.NDArray[np.float32],
    predictions: npt.NDArray[np.float32],
    weights: npt.NDArray[np.float32],
) -> Floats:
    sentence = (
        "The loss of the compiled model could not be computed for one-hot actions. Is the model compiled, "
        "with the loss that fits one-hot labels?"
    )
    try:
        value = model.loss_value(actions, predictions, weights)
    except StudentError:
        raise AssertionError(sentence) from None
    return expect.floats(value, (), sentence)


def _path(
    model: Model, gradients: Sequence[npt.NDArray[np.float32]], taken: Sequence[int] | None = None
) -> Floats:
    """Return how far the weights (8, 6) are from where they started, after each step and at the end.

    `taken` has the optimizer believe that it has taken so many steps before each.
    """
    start = _only(model.weights(), NOT_COMPILED)
    try:
        steps = model.optimizer_steps(list(gradients), taken)
    except StudentError:
        raise AssertionError(NOT_COMPILED) from None
    assert len(steps) == len(gradients) + 1, NOT_COMPILED
    path = np.array([expect.floats(step, start.shape, NOT_COMPILED) - start for step in steps])
    assert np.isfinite(path).all(), NOT_COMPILED
    return path


def _only(weights: list[Floats], sentence: str) -> Floats:
    assert len(weights) == 1, sentence
    return expect.floats(weights[0], WEIGHTS, sentence)
