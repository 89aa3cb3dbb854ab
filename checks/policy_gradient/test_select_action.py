"""An action drawn from exactly the distribution that the model predicts for this observation.

The models here answer for each observation with a distribution of the check's choice. Draws are tested
with exact binomial tails (binomial.py): the checks of this file make 5 such verdicts of 7 tests each,
so that an innocent function is accused with a probability below 35 * 1e-11 < 1e-9 in all.

What is found: an action of SKEWED or NEARLY_UNIFORM whose probability is off by 0.2 is missed with a
probability below 0.001, one off by 0.1 mostly. Epsilon-greedy with epsilon of 0.1 or more is missed with
one below 1e-11, since a single other action among draws that the model is sure about is proof.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from autograder.checker import expect
from autograder.checker.expect import Floats
from autograder.checker.student import Student
from checks.policy_gradient.binomial import fits
from checks.policy_gradient.notebook import linear_model, policy

Observations = npt.NDArray[np.float32]

SURE = 60.0  # e^-60: in a lifetime of draws no other action comes
SKEWED = (0.5, 0.22, 0.13, 0.08, 0.05, 0.02)
NEARLY_UNIFORM = (0.3, 0.14, 0.14, 0.14, 0.14, 0.14)

NO_ACTION = (
    "select_action should return one integer from 0 to 5, the number of the action. Look at what your "
    "function returns, and at its type."
)


def test_integer_in_range(student: Student, rng: np.random.Generator) -> None:
    """One integer from 0 to 5, and most of the time the one that the model is sure about."""
    actions = rng.permutation(6)
    weights, observations = _table(rng, _sure(actions))
    model = policy(student, weights, np.zeros(6, np.float32))
    right = 0
    for observation, action in zip(observations, actions, strict=True):
        right += sum(drawn == action for drawn in _draw(student, model, observation, 10))
    assert right >= 45, (
        "Where the model is sure about one action, select_action mostly returns another. "
        "Does it use the probabilities that the model predicts?"
    )


def test_sure_policy(student: Student, rng: np.random.Generator) -> None:
    """Where one action has probability 1 to 25 decimals, it is always drawn."""
    actions = rng.permutation(6)
    weights, observations = _table(rng, _sure(actions))
    model = policy(student, weights, np.zeros(6, np.float32))
    for observation, action in zip(observations, actions, strict=True):
        drawn = _draw(student, model, observation, 50)
        assert set(drawn) == {action}, (
            "Where the model gives one action a probability of practically 1, select_action sometimes "
            "returns another. Is there more chance in it than the model's own probabilities?"
        )


def test_skewed_policy(student: Student, rng: np.random.Generator) -> None:
    """Likely actions come often and unlikely ones seldom, exactly as the probabilities say."""
    _assert_fits(student, rng, [_permuted(rng, SKEWED)], 600)


def test_nearly_uniform_policy(student: Student, rng: np.random.Generator) -> None:
    """As at the start of the training: all actions come, and one of them somewhat more often."""
    _assert_fits(student, rng, [_permuted(rng, NEARLY_UNIFORM)], 800)


def test_depends_on_observation(student: Student, rng: np.random.Generator) -> None:
    """One model, three observations, three distributions, drawn from in turns."""
    first = _permuted(rng, SKEWED)
    _assert_fits(student, rng, [first, np.roll(first, 2), np.roll(first, 4)], 120, turns=2)


def test_keras_model(student: Student, rng: np.random.Generator) -> None:
    """A real Keras model, which is sure about another action for each observation."""
    actions = rng.permutation(6)
    weights, observations = _table(rng, _sure(actions))
    model = linear_model(student, weights, np.zeros(6, np.float32))
    for observation, action in zip(observations[:4], actions[:4], strict=True):
        assert _draw(student, model, observation, 1) == [action], (
            "With a real Keras model select_action does not return the action that the model is sure "
            "about. How do you ask the model for its prediction?"
        )


def _assert_fits(
    student: Student,
    rng: np.random.Generator,
    distributions: Sequence[Floats],
    count: int,
    turns: int = 1,
) -> None:
    """Draw `count` actions for each observation in each turn, and compare with its distribution."""
    weights, observations = _table(rng, np.log(distributions))
    model = policy(student, weights, np.zeros(6, np.float32))
    drawn: list[list[int]] = [[] for _ in distributions]
    for _ in range(turns):
        for number, observation in enumerate(observations):
            drawn[number] += _draw(student, model, observation, count)
    for actions, probabilities in zip(drawn, distributions, strict=True):
        assert fits(actions, probabilities), (
            "We called select_action many times for the same observation, and the actions did not come "
            "as often as the model's probabilities for it say. Are they drawn at random, each time anew, "
            "with the probabilities that the model predicts for the observation that was passed?"
        )


def _draw(student: Student, model: object, observation: Observations, count: int) -> list[int]:
    drawn = student.repeated("select_action", count, model, observation)
    actions = [expect.integer(item, NO_ACTION) for item in expect.items(drawn, count, NO_ACTION)]
    assert all(action in range(6) for action in actions), NO_ACTION
    return actions


def _table(rng: np.random.Generator, logits: npt.ArrayLike) -> tuple[Observations, Observations]:
    """Return weights (12800, 6) and n observations for which a linear model's outputs are `logits` (n, 6).

    Each observation has one pixel that none of the others has, and the weights of that pixel are its
    logits.
    """
    rows = np.asarray(logits, np.float32)
    pixels = rng.choice(12800, len(rows), replace=False)
    observations = (rng.random((len(rows), 12800)) < 0.05).astype(np.float32)
    observations[:, pixels] = np.eye(len(rows), dtype=np.float32)
    weights = np.zeros((12800, 6), np.float32)
    weights[pixels] = rows
    return weights, observations.reshape(-1, 80, 80, 2)


def _sure(actions: npt.NDArray[np.int64]) -> Floats:
    return np.asarray(SURE * np.eye(6)[actions])


def _permuted(rng: np.random.Generator, probabilities: Sequence[float]) -> Floats:
    """Return the probabilities in another order, each a little different, with the sum 1."""
    changed = rng.permutation(probabilities) * rng.uniform(0.95, 1.05, 6)
    return np.asarray(changed / changed.sum())
