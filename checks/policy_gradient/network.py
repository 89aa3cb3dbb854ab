"""The network that build_model is asked for: its weights by their shapes, which are all different."""

from collections.abc import Sequence

import numpy as np

from checks.policy_gradient.notebook import Floats

LAYERS = (
    ("first convolution", (7, 7, 2, 32), (32,)),
    ("second convolution", (7, 7, 32, 64), (64,)),
    ("dense layer in the middle", (1024, 128), (128,)),
    ("last layer", (128, 6), (6,)),
)
MOST_ARRAYS, MOST_PARAMETERS = 200, 5_000_000  # the asked ones: 8 arrays of 235,558 in all
SHAPES = [shape for _, *shapes in LAYERS for shape in shapes]

NO_MODEL = "build_model should return a Keras model. Is there a `return model` at its end?"


def random_like(weights: Sequence[Floats], rng: np.random.Generator) -> list[Floats]:
    """Return weights that keep the numbers in every layer away from 0, and their signs mixed."""
    sentence = "The model has far too many parameters. Compare its summary."
    assert len(weights) <= MOST_ARRAYS, sentence
    assert sum(array.size for array in weights) <= MOST_PARAMETERS, sentence
    random = []
    for array in weights:
        inputs = int(np.prod(array.shape[:-1]))
        spread = 0.3 if array.ndim < 2 else 2.0 / np.sqrt(inputs or 1)
        random.append(rng.normal(0, spread, array.shape).astype(np.float32))
    return random


def in_our_order(weights: Sequence[Floats]) -> list[Floats]:
    """Return the weights in the order of SHAPES; fail with a word on the first layer that differs."""
    found: list[Floats] = []
    for name, *shapes in LAYERS:
        for shape in shapes:
            matching = [array for array in weights if array.shape == shape]
            assert len(matching) == 1, (
                f"The {name} does not have the parameters that were asked for. Compare "
                "build_model().summary() with the table in the notebook, layer by layer."
            )
            found += matching
    assert len(weights) == len(SHAPES), (
        "The model has more layers with parameters than were asked for. Compare "
        "build_model().summary() with the table in the notebook."
    )
    assert all(array.dtype.kind == "f" for array in found), NO_MODEL
    return [array.astype(np.float32, copy=False) for array in found]


def as_theirs(theirs: Sequence[Floats], ours: Sequence[Floats]) -> list[Floats]:
    """Return our weights in the order in which the student's model keeps its own."""
    by_shape = {array.shape: array for array in ours}
    return [by_shape[array.shape] for array in theirs]


def glorot(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Return weights as Keras starts with them (Glorot and Bengio 2010): uniform kernels, biases of 0."""
    if len(shape) == 1:
        return np.zeros(shape)
    field = int(np.prod(shape[:-2]))
    most = np.sqrt(6 / (field * (shape[-2] + shape[-1])))
    return rng.uniform(-most, most, shape)
