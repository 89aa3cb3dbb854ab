"""Weights with which a model of one layer has the policies that a check wants, and draws that fit them."""

import numpy as np
import numpy.typing as npt

from checks.policy_gradient.environments import NR_ACTIONS, frames, sparse
from checks.policy_gradient.notebook import Floats

# What an innocent model is that unlikely to choose in any number of draws that a check makes.
IMPOSSIBLE = 1e-14


def table(
    rng: np.random.Generator, logits: npt.ArrayLike
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return weights (12800, 6) and n observations for which a linear model's outputs are `logits` (n, 6).

    Each observation has one pixel that none of the others has, and the weights of that pixel are its
    logits.
    """
    rows = np.asarray(logits, np.float32)
    observations = sparse(rng, len(rows))
    pixels = rng.choice(12800, len(rows), replace=False)
    for place in range(0, len(rows), 2):  # a frame of a game, with or without the ball
        observations[place] = rng.choice(frames()[place // 2 % 2])
        # Nothing ever comes behind the computer's paddle: what is there makes no two frames the same.
        behind = rng.random((80, 7, 2)) < rng.uniform(0, 0.2)
        observations[place, :, :7] = np.maximum(observations[place, :, :7], behind)
        row, column, channel = rng.integers(80), rng.integers(7), rng.integers(2)
        pixels[place] = (row * 80 + column) * 2 + channel
    if len(set(pixels.tolist())) < len(rows):
        return table(rng, logits)  # two had the same pixel
    observations = observations.reshape(len(rows), -1)
    observations[:, pixels] = np.eye(len(rows), dtype=np.float32)
    weights = np.zeros((12800, NR_ACTIONS), np.float32)
    weights[pixels] = rows
    return weights, observations.reshape(-1, 80, 80, 2)


def sure_of_each(rng: np.random.Generator, observations: list[Floats]) -> npt.NDArray[np.float32]:
    """Return weights (12800, 6) with which a linear model is sure about a random action for each observation.

    Random binary observations are nearly uncorrelated, so that a sum of one term for each gives all of
    them the logit that they should have: about 120 for their action and about 0 for the others.
    """
    flat = np.array(observations).reshape(len(observations), -1)
    actions = np.eye(NR_ACTIONS)[rng.integers(NR_ACTIONS, size=len(observations))]
    return (0.2 * (flat - 0.05).T @ actions).astype(np.float32)


def probabilities(weights: Floats, observation: Floats) -> Floats:
    """Return what a linear model with these weights predicts for an observation: (6,)."""
    logits = observation.reshape(-1).astype(float) @ weights
    exponentials = np.exp(logits - logits.max())
    return np.asarray(exponentials / exponentials.sum())
