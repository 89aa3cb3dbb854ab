"""Cross-entropy for one-hot actions, and Adam with the given learning rate.

All of it is judged by what the compiled model does: its loss on random predictions, and the steps that
its optimizer takes. A model of one layer serves as well as the real one, and is cheap.
"""

import numpy as np
import numpy.typing as npt

from autograder.checker import expect
from autograder.checker.channel import StudentError
from autograder.checker.student import Student
from checks.policy_gradient.notebook import Floats, Model, new_model
from checks.policy_gradient.together import Outcome

WEIGHTS = (12800, 6)
ROWS = 8  # that are looked at: all others are treated alike

NOT_COMPILED = (
    "The model that was passed to compile_model has no optimizer that could take a step afterwards. "
    "Does your code call compile on that very model?"
)


def test_loss(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """The weighted loss of random predictions is the cross-entropy with one-hot actions."""
    models = _compiled(student), _compiled(reference)
    actions = np.eye(6, dtype=np.float32)[rng.integers(6, size=7)]
    predictions = rng.dirichlet(np.ones(6), 7).astype(np.float32)
    weights = rng.normal(size=7).astype(np.float32)
    theirs, ours = (_loss(model, actions, predictions, weights) for model in models)
    expect.close(
        theirs,
        ours,
        "The compiled loss is not the cross-entropy between one-hot actions and predicted "
        "probabilities. Which loss fits labels that are one-hot vectors?",
        1e-3,
        1e-4,
    )


def test_optimizer(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Over several gradients the weights take the path on which Adam takes them, whatever its rate."""
    gradients = [_gradient(rng, size) for size in (1.0, 0.5, 2.0, 0.01)]
    theirs, ours = (_path(_compiled(notebook, 0.1), gradients) for notebook in (student, reference))
    assert np.abs(theirs).max() > 0, NOT_COMPILED
    expect.close(
        theirs / np.abs(theirs[0]).max(),
        ours / np.abs(ours[0]).max(),
        "The optimizer does not take the steps that Adam takes. Which optimizer was asked for? "
        "Apart from the learning rate, leave its settings as they are.",
        2e-2,
        2e-3,
    )


def test_learning_rate(student: Student, rng: np.random.Generator) -> None:
    """For several rates the first step is as long as the rate: gradients of 1 and -1 make it so."""
    model = _linear(student)
    for rate in (rng.uniform(0.002, 0.02), rng.uniform(0.05, 0.5)):
        student.compile_model(model, float(rate))
        path = _path(model, [np.sign(_gradient(rng, 1.0))])
        assert np.abs(path).max() > 0, NOT_COMPILED
        assert np.isclose(np.median(np.abs(path)), rate, rtol=1e-2), (
            "The optimizer does not use the learning rate that compile_model was given. We tried "
            "several: does it use the argument learning_rate?"
        )


def test_nothing_else(student: Student, rng: np.random.Generator) -> None:
    """The model is ready to learn, and apart from that as it was: its weights and its predictions."""
    before = 0.02 * rng.standard_normal(WEIGHTS, np.float32)
    model = new_model(student, before)
    student.compile_model(model, 0.1)
    sentence = "compile_model should leave the weights of the model as they are."
    expect.close(_only(model.weights(), sentence), before, sentence)
    observations = (rng.random((3, 80, 80, 2)) < 0.05).astype(np.float32)
    exponentials = np.exp(observations.reshape(3, -1) @ before)
    expect.close(
        model.predict(observations),
        exponentials / exponentials.sum(axis=1, keepdims=True),
        "After compile_model the model predicts something else than before. It should only be compiled.",
        1e-4,
        1e-6,
    )
    assert np.abs(_path(model, [_gradient(rng, 1.0)])).max() > 0, NOT_COMPILED


def test_put_together(together: Outcome) -> None:
    """Together with the other exercises, the network takes the steps of Adam that it takes with ours."""
    together.of("compile_model")


def _linear(notebook: Student) -> Model:
    """Return a model of one layer whose weights are all 0, so that small steps stay exact."""
    return new_model(notebook, np.zeros((ROWS, 6), np.float32))


def _compiled(notebook: Student, rate: float = 0.01) -> Model:
    model = _linear(notebook)
    notebook.compile_model(model, rate)
    return model


def _gradient(rng: np.random.Generator, size: float) -> npt.NDArray[np.float32]:
    return size * rng.standard_normal((ROWS, 6), np.float32)


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


def _path(model: Model, gradients: list[npt.NDArray[np.float32]]) -> Floats:
    """Return how far the weights (ROWS, 6) are from where they started, after each step."""
    start = _only(model.weights(), NOT_COMPILED)[:ROWS]
    try:
        steps = model.optimizer_steps(gradients)
    except StudentError:
        raise AssertionError(NOT_COMPILED) from None
    assert len(steps) == len(gradients), NOT_COMPILED
    path = np.array([expect.floats(step, start.shape, NOT_COMPILED) - start for step in steps])
    assert np.isfinite(path).all(), NOT_COMPILED
    return path


def _only(weights: list[Floats], sentence: str) -> Floats:
    assert len(weights) == 1, sentence
    return expect.floats(weights[0], WEIGHTS, sentence)
