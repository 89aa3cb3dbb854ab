"""Networks with known weights, and what became of these, in few numbers."""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.checker.naming.look import Asked
from autograder.checker.student import made
from checks.policy_gradient.network import MOST_ARRAYS, MOST_PARAMETERS
from checks.policy_gradient.notebook import Floats, Model

DIRECTIONS = 3  # along which a change of weights is measured


def their_network(asked: Asked) -> Model:
    """Return the notebook's network, built in the process that is asked."""
    ours = asked.reference.once("build_model")
    return made(Model, asked.student.ask("network", ours.ask("do", "to_json")))


def random_weights(weights: Sequence[Floats]) -> list[Floats]:
    """Return weights that depend on the shape of each array alone, as far from 0 as makes sense.

    So two networks with the same layers get the same weights, whatever the order of these.
    """
    assert len(weights) <= MOST_ARRAYS, "too many arrays"
    assert sum(each.size for each in weights) <= MOST_PARAMETERS, "too many parameters"
    return [_random(each.shape) for each in weights]


def _random(shape: tuple[int, ...]) -> Floats:
    rng = np.random.default_rng(zlib.crc32(repr(tuple(map(int, shape))).encode()))
    inputs = int(np.prod(shape[:-1]))
    spread = 0.3 if len(shape) < 2 else 2.0 / np.sqrt(inputs or 1)
    return rng.normal(0, spread, shape).astype(np.float32)


def projected(before: Sequence[Floats], after: Sequence[Floats]) -> Any:
    """Return how far each array went along some directions, as shares of how far all went, and that length.

    The arrays come sorted by their shapes.
    """
    pairs = sorted(zip(before, after, strict=False), key=lambda pair: repr(pair[0].shape))
    moved = [np.asarray(b, float) - np.asarray(a, float) for a, b in pairs if a.shape == b.shape]
    length = float(np.sqrt(sum((each**2).sum() for each in moved)))
    rows = [_along(each) / (length or 1.0) for each in moved]
    return [*[row.tolist() for row in rows], float(np.log10(length)) if length else -99.0]


def _along(change: Floats) -> Floats:
    """Return the lengths of a change along DIRECTIONS random directions of its own shape."""
    rng = np.random.default_rng(zlib.crc32(repr(change.shape).encode()) + 1)
    ways = rng.normal(size=(DIRECTIONS, change.size)) / np.sqrt(DIRECTIONS)
    return np.asarray(ways @ change.ravel())
