"""How much better each step went than that step usually does: G_t minus b_t.

The baseline b_t is the mean of G_t over the episodes that have a step t. The reference's `plain_returns`
stands in for the student's, so that a wrong one costs its points once.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from autograder.checker import expect
from autograder.checker.hosted import Refusal
from autograder.checker.student import Student

Floats = npt.NDArray[np.floating[Any]]

RTOL = 1e-4  # single precision will do
ATOL = 1e-5
MOST_REWARDS = 10_000

LIST = (
    "returns_minus_baseline should give back a list with one array for each episode, in the order of the "
    "episodes, and each as long as its episode."
)


class Returns:
    """Stands in for plain_returns, and is right: rewards first, then gamma, or either by a keyword."""

    def __init__(self, reference: Student) -> None:
        self._reference = reference

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return the reference's returns; raise Refusal where rewards or gamma is missing.

        A student's own function may well work for a matrix with one episode in each column, as
        ``rewards[t] + gamma * following_return`` does: so does this one.
        """
        arrays = [expect.numbers(value) for value in (*args, *kwargs.values())]
        in_place = [array is not None and (array.ndim > 0) == (place == 0)
                    for place, array in enumerate(arrays[: len(args)])]  # fmt: skip
        if not all(in_place):
            raise Refusal("plain_returns wants the rewards of one episode, and then gamma")
        rewards = [array for array in arrays if array is not None and array.ndim in (1, 2)]
        gammas = [array for array in arrays if array is not None and array.ndim == 0]
        if len(rewards) != 1 or len(gammas) != 1 or rewards[0].size > MOST_REWARDS:
            raise Refusal("plain_returns wants the rewards of one episode, and gamma")
        if rewards[0].ndim == 1:
            return self._reference.plain_returns(rewards[0], float(gammas[0]))
        columns = [self._reference.plain_returns(each, float(gammas[0])) for each in rewards[0].T]
        return np.transpose(columns)


@pytest.fixture(autouse=True)
def _returns(student: Student, reference: Student) -> None:
    """Keep a wrong plain_returns from costing points twice."""
    student.provide(plain_returns=Returns(reference))


def test_by_hand(student: Student, rng: np.random.Generator) -> None:
    """Two short episodes: one baseline for each step, worked out on paper."""
    first, second, third = rng.uniform(1, 2, 3)
    gamma = rng.uniform(0.3, 0.9)
    episodes = [np.array([first, second]), np.array([third, third])]
    above = (first + gamma * second - third - gamma * third) / 2
    above_later = (second - third) / 2
    _close(
        student.returns_minus_baseline(episodes, gamma),
        [[above, above_later], [-above, -above_later]],
        "For two episodes of two steps the differences are not right. Work them out on paper: the "
        "baseline of a step is the mean of two returns, and it is subtracted from each of them.",
    )


def test_same_length(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Episodes of one length: every step has a baseline of its own."""
    episodes = _episodes(rng, [8] * 5)
    _close(
        student.returns_minus_baseline(episodes, 0.9),
        reference.returns_minus_baseline(episodes, 0.9),
        "For episodes of the same length the differences are not right. Is there one baseline for each "
        "step, the mean of that step's returns over the episodes?",
    )


def test_different_lengths(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """A baseline is a mean over the episodes that have that step, and no others."""
    for gamma in (0.9, rng.uniform(0.5, 0.95)):
        episodes = _episodes(rng, _lengths(rng))
        _close(
            student.returns_minus_baseline(episodes, gamma),
            reference.returns_minus_baseline(episodes, gamma),
            "For episodes of different lengths the differences are not right. Which episodes have a say "
            "in the baseline of a step that not all of them have?",
        )


def test_alone_at_the_end(student: Student, rng: np.random.Generator) -> None:
    """Where an episode has no other to be compared with, it is just as usual."""
    shorter, longer = rng.uniform(1, 2, 2), rng.uniform(1, 2, 6)
    above = (_sum(longer, 0.8) - _sum(shorter, 0.8)) / 2
    above_later = (_sum(longer[1:], 0.8) - shorter[1]) / 2
    _close(
        student.returns_minus_baseline([shorter, longer], 0.8),
        [[-above, -above_later], [above, above_later, 0, 0, 0, 0]],
        "One of two episodes goes on when the other one is over, and the differences are not right. What "
        "is the mean of a single return, and what is left when it is subtracted?",
    )
    _close(
        student.returns_minus_baseline([longer], 0.8),
        [np.zeros(6)],
        "With a single episode there is nothing to compare it with: every step should be just as usual. "
        "In yours it is not.",
    )


def test_gamma(student: Student, rng: np.random.Generator) -> None:
    """The returns are discounted with the gamma that was passed."""
    rewards = rng.uniform(-1, 2, (4, 7))
    for gamma in (0.0, 1.0, rng.uniform(0.2, 0.7)):
        returns = np.array([[_sum(each[t:], gamma) for t in range(7)] for each in rewards])
        _close(
            student.returns_minus_baseline(list(rewards), gamma),
            returns - returns.mean(axis=0),
            "With another gamma the differences are not right. Does returns_minus_baseline pass on the "
            "gamma that it is given?",
        )


def test_integer_rewards(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Rewards come as integers, means and differences are fractions all the same."""
    episodes = [rng.integers(-3, 4, 6) for _ in range(4)]
    _close(
        student.returns_minus_baseline(episodes, 0.7),
        reference.returns_minus_baseline(episodes, 0.7),
        "For rewards that are integers the differences are not right. A baseline is a fraction: which "
        "type do the numbers have in the array that you write it into?",
    )


def test_episodes_untouched(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """The episodes belong to the caller: the list and its arrays stay as they are."""
    episodes = _episodes(rng, _lengths(rng))
    differences, arguments = student.with_arguments("returns_minus_baseline", episodes, 0.8)
    _close(
        differences,
        reference.returns_minus_baseline(episodes, 0.8),
        "The differences are not right, so we could not see whether the episodes stay as they are.",
    )
    sentence = (
        "After the call the list of episodes is not what it was before: its arrays hold other numbers, or "
        "stand in another order. It still belongs to whoever called your function."
    )
    left = expect.items(expect.items(arguments, 2, sentence)[0], len(episodes), sentence)
    for after, before in zip(left, episodes, strict=True):
        expect.close(after, before, sentence, 0, 0)


def _lengths(rng: np.random.Generator) -> list[int]:
    """Return six lengths, all different and neither rising nor falling."""
    shortest, middle, *others, longest = sorted(rng.choice(np.arange(2, 15), 6, replace=False))
    return [middle, longest, shortest, *others]


def _episodes(rng: np.random.Generator, lengths: list[int]) -> list[Floats]:
    """Return the rewards of episodes with so many steps."""
    return [rng.uniform(-1, 2, length) for length in lengths]


def _sum(rewards: Floats, gamma: float) -> float:
    """Return the return of the first of these steps, as the definition has it."""
    return float(np.sum(rewards * gamma ** np.arange(len(rewards))))


def _close(value: Any, wanted: Any, message: str) -> None:
    """Fail unless `value` holds the wanted numbers of every episode; rows of a matrix will do."""
    if isinstance(value, np.ndarray) and value.ndim == 2 and len(value) == len(wanted):
        value = list(value)
    for found, right in zip(expect.items(value, len(wanted), LIST), wanted, strict=True):
        expect.close(expect.floats(found, np.shape(right), LIST), right, message, RTOL, ATOL)
