"""The return of a step is its reward plus gamma times the return of the step that follows.

G_t = R_t + gamma G_{t+1}, with G_T = 0 behind the last step (Sutton and Barto, chapter 3.3).
"""

import numpy as np

from autograder.checker import expect
from autograder.checker.student import Student

RTOL = 1e-4  # single precision will do
ATOL = 1e-5

LENGTH = (
    "plain_returns should give exactly one number for each reward, in the order of the steps. Look at "
    "the length of what it gives back."
)


def test_by_hand(student: Student, rng: np.random.Generator) -> None:
    """Three rewards: the sums are short enough to be written out."""
    first, second, third = rng.uniform(1, 2, 3) * rng.choice([-1, 1], 3)
    gamma = rng.uniform(0.3, 0.9)
    returns = student.plain_returns(np.array([first, second, third]), gamma)
    expect.close(
        expect.floats(returns, (3,), LENGTH),
        [first + gamma * second + gamma**2 * third, second + gamma * third, third],
        "For an episode of three steps the returns are not right. Work one out on paper, starting with "
        "the last step: which later rewards belong to each return, and how often is each discounted?",
        RTOL,
        ATOL,
    )


def test_random_episodes(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Rewards of either sign, several gammas, double and single precision."""
    for gamma, dtype in ((0.99, np.float64), (rng.uniform(0.5, 0.95), np.float32)):
        rewards = rng.normal(size=rng.integers(20, 40)).astype(dtype)
        returns = expect.floats(student.plain_returns(rewards, gamma), rewards.shape, LENGTH)
        expect.close(
            returns,
            reference.plain_returns(rewards, gamma),
            "For an episode with a reward at every step the returns are not right. Does each return use "
            "the gamma that was passed, and all rewards from its step to the end of the episode?",
            RTOL,
            ATOL,
        )


def test_gamma_zero(student: Student, rng: np.random.Generator) -> None:
    """Gamma 0 counts the step's own reward only; a small gamma counts the next one a little."""
    rewards = rng.uniform(1, 2, 12)
    sentence = (
        "With gamma = 0 only the reward of the step itself should count, and with a very small gamma "
        "that of the next step just a little. Your returns differ from that."
    )
    expect.close(student.plain_returns(rewards, 0.0), rewards, sentence, RTOL)
    following = np.append(rewards[1:], 0)
    slightly = student.plain_returns(rewards, 0.001)
    expect.close(slightly, rewards + 0.001 * following, sentence, 1e-5)


def test_gamma_one(student: Student, rng: np.random.Generator) -> None:
    """Gamma 1 sums up all rewards from the step to the end."""
    rewards = rng.normal(size=15)
    expect.close(
        student.plain_returns(rewards, 1.0),
        [rewards[t:].sum() for t in range(15)],
        "With gamma = 1 nothing is discounted: each return is the sum of the rewards from its step to "
        "the end. Yours are not.",
        RTOL,
        ATOL,
    )


def test_integer_rewards(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Rewards come as integers, returns are fractions all the same."""
    for dtype in (np.int64, np.int8):
        rewards = np.append(rng.integers(-3, 4, 19), 1).astype(dtype)
        expect.close(
            student.plain_returns(rewards, 0.7),
            reference.plain_returns(rewards, 0.7),
            "For rewards that are integers the returns are not right. Returns are fractions: which type "
            "do the numbers have in the array that you write them into?",
            RTOL,
            ATOL,
        )


def test_very_short_episodes(student: Student, rng: np.random.Generator) -> None:
    """One step and two steps, the shortest that there are."""
    sentence = (
        "An episode may be as short as one or two steps. For these the returns are not right: look at "
        "where your loop begins and where it ends."
    )
    first, second = rng.uniform(1, 2, 2)
    expect.close(student.plain_returns(np.array([first]), 0.9), [first], sentence, RTOL)
    pair = student.plain_returns(np.array([first, second]), 0.5)
    expect.close(pair, [first + 0.5 * second, second], sentence, RTOL)


def test_long_episode(student: Student, rng: np.random.Generator) -> None:
    """A single reward at the end of 300 steps counts for all of them."""
    rewards = np.zeros(300)
    rewards[-1] = last = rng.uniform(1, 2)
    expect.close(
        student.plain_returns(rewards, 0.99),
        last * 0.99 ** np.arange(299, -1, -1),
        "In an episode of 300 steps only the last one has a reward, and the returns are not right. Does "
        "a reward count for all the steps before it, however far away?",
        RTOL,
    )


def test_second_episode(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Every episode starts anew: what came before in another one does not count."""
    for length in (9, 14, 4):
        rewards = rng.uniform(1, 2, length)
        expect.close(
            student.plain_returns(rewards, 0.9),
            reference.plain_returns(rewards, 0.9),
            "For several episodes, one after the other, the returns are not right. Does your function "
            "start each episode anew, or is something left from the one before?",
            RTOL,
            ATOL,
        )


def test_rewards_untouched(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """The rewards belong to the caller: the function makes new numbers and leaves those alone."""
    for dtype in (np.float64, np.float32):
        rewards = rng.normal(size=12).astype(dtype)
        returns, arguments = student.with_arguments("plain_returns", rewards, 0.8)
        expect.close(
            returns,
            reference.plain_returns(rewards, 0.8),
            "The returns are not right, so we could not see whether the rewards stay as they are.",
            RTOL,
            ATOL,
        )
        sentence = (
            "After the call the array of rewards holds other numbers than before. It still belongs to "
            "whoever called your function: write the returns into an array of their own."
        )
        expect.close(expect.items(arguments, 2, sentence)[0], rewards, sentence, 0, 0)
