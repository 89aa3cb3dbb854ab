"""The return of a step is its reward plus gamma times the return of the step that follows.

G_t = R_t + gamma G_{t+1}, with G_T = 0 behind the last step (Sutton and Barto, chapter 3.3).
"""

import numpy as np

from autograder.checker import expect
from autograder.checker.student import Student
from checks.policy_gradient.notebook import policy, seeds_anew
from checks.policy_gradient.together import Outcome

RTOL = 1e-4  # float32 will do: an episode's rewards are float32

SHAPE = (
    "discount_rewards should give exactly one number for each reward, in the order of the steps. "
    "Look at the length of what it returns."
)


def test_values_by_hand(student: Student, rng: np.random.Generator) -> None:
    """Three rewards: the sums are short enough to be written out."""
    first, second, third = rng.uniform(-2, 2, 3)
    gamma = rng.uniform(0.3, 0.9)
    returns = student.discount_rewards(np.array([first, second, third]), gamma)
    returns = expect.floats(returns, (3,), SHAPE)
    by_hand = [first + gamma * second + gamma**2 * third, second + gamma * third, third]
    expect.close(
        returns,
        by_hand,
        "For an episode of three steps the returns are not right. Work one out on paper, starting with "
        "the last step: which later rewards belong to each return, and how often is each discounted?",
        RTOL,
    )


def test_random_episodes(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Rewards of either sign, several gammas, double and single precision."""
    for gamma, dtype in ((0.99, np.float64), (rng.uniform(0.5, 0.95), np.float32)):
        rewards = rng.normal(size=rng.integers(20, 60)).astype(dtype)
        returns = expect.floats(student.discount_rewards(rewards, gamma), rewards.shape, SHAPE)
        expect.close(
            returns,
            reference.discount_rewards(rewards, gamma),
            "For an episode with rewards at every step the returns are not right. Does each return use "
            "the gamma that was passed, and all rewards from its step to the end of the episode?",
            RTOL,
            1e-6,
        )


def test_gamma_zero(student: Student, rng: np.random.Generator) -> None:
    """Gamma 0 counts the step's own reward only; a tiny gamma counts the next one a little."""
    rewards = rng.uniform(1, 2, 12)
    sentence = (
        "With gamma = 0 only the reward of the step itself should count, and with a tiny gamma that of "
        "the next step just a little. Your returns differ from that."
    )
    expect.close(student.discount_rewards(rewards, 0.0), rewards, sentence, RTOL)
    following = np.append(rewards[1:], 0)
    slightly = student.discount_rewards(rewards, 0.001)
    expect.close(slightly, rewards + 0.001 * following, sentence, 1e-5)


def test_gamma_one(student: Student, rng: np.random.Generator) -> None:
    """Gamma 1 sums up all rewards from the step to the end."""
    rewards = rng.normal(size=15)
    expect.close(
        student.discount_rewards(rewards, 1.0),
        [rewards[t:].sum() for t in range(15)],
        "With gamma = 1 nothing is discounted: each return is the sum of the rewards from its step to the "
        "end. Yours are not.",
        RTOL,
        1e-6,
    )


def test_integer_rewards(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """Points come as integers, returns are fractions all the same."""
    for dtype in (np.int64, np.int8):
        rewards = rng.integers(-3, 4, 20).astype(dtype)
        expect.close(
            student.discount_rewards(rewards, 0.7),
            reference.discount_rewards(rewards, 0.7),
            "For rewards that are integers the returns are not right. Returns are fractions: which type "
            "do the numbers have in the array that you write them into?",
            RTOL,
            1e-6,
        )


def test_very_short_episodes(student: Student, rng: np.random.Generator) -> None:
    """One step and two steps, the shortest that there are."""
    sentence = (
        "An episode may be as short as one or two steps. For these the returns are not right: look at "
        "where your loop begins and where it ends."
    )
    first, second = rng.uniform(1, 2, 2)
    expect.close(student.discount_rewards(np.array([first]), 0.9), [first], sentence, RTOL)
    pair = student.discount_rewards(np.array([first, second]), 0.5)
    expect.close(pair, [first + 0.5 * second, second], sentence, RTOL)


def test_no_reward(student: Student, rng: np.random.Generator) -> None:
    """An episode may bring nothing at all, or nothing from some step on."""
    nothing = np.zeros(int(rng.integers(5, 20)))
    first = float(rng.uniform(1, 2))
    sentence = (
        "An episode may bring no reward at all, or none after its first step. For these the returns are not "
        "right: what does your code do where every number is 0?"
    )
    expect.close(student.discount_rewards(nothing, 0.9), nothing, sentence)
    only_first = np.append(first, nothing)
    expect.close(student.discount_rewards(only_first, 0.9), only_first, sentence, RTOL)


def test_calls_are_independent(
    student: Student, reference: Student, rng: np.random.Generator
) -> None:
    """What a call returned stays as it is, and no call remembers another."""
    lengths = rng.permutation(np.arange(5, 13))
    episodes = [[rng.normal(size=length), 0.9] for length in [*lengths, *lengths]]
    points = rng.permutation([0.0, 0.0, 0.0, 0.0, 1.0, -1.0, -1.0])
    episodes += [[rng.permutation(points), 0.9] for _ in range(4)]  # all of one score
    sentence = (
        "We called discount_rewards for several episodes, one after the other, and in the end not all "
        "returns were right. Does each call make an array of its own, and compute its numbers anew?"
    )
    model = policy(student, np.zeros((12800, 6), np.float32))
    seeded = seeds_anew(student, rng, model, lambda: student.discount_rewards(*episodes[0]))
    assert not seeded, (
        "discount_rewards seeds the generator of random numbers. It need not draw any."
    )
    for returns, (rewards, gamma) in zip(
        student.each("discount_rewards", episodes), episodes, strict=True
    ):
        expect.close(returns, reference.discount_rewards(rewards, gamma), sentence, RTOL, 1e-6)


def test_long_episode(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """2000 steps with rare points, as long as a game of Pong may become here, with small gammas as well."""
    rewards = rng.choice([0.0, 0.0, 0.0, 1.0, -1.0], 2000)
    rewards[-1] = 1.0  # a game ends with a point
    for gamma in (0.99, rng.uniform(0.4, 0.6)):
        expect.close(
            student.discount_rewards(rewards, gamma),
            reference.discount_rewards(rewards, gamma),
            "For an episode of 2000 steps the returns are not right. Does a point count for all the steps "
            "before it, however far away?",
            RTOL,
            1e-5,
        )


def test_rewards_untouched(student: Student, reference: Student, rng: np.random.Generator) -> None:
    """The rewards belong to the episode: the function returns new numbers and leaves those alone."""
    for dtype in (np.float64, np.float32):
        rewards = rng.normal(size=12).astype(dtype)
        returns, arguments = student.with_arguments("discount_rewards", rewards, 0.8)
        expect.close(
            returns,
            reference.discount_rewards(rewards, 0.8),
            "The returns are not right, so we could not see whether the rewards stay as they are.",
            RTOL,
            1e-6,
        )
        sentence = (
            "After the call the array of rewards holds other numbers than before. It still belongs to "
            "the episode: write the returns into an array of their own."
        )
        expect.close(expect.items(arguments, 2, sentence)[0], rewards, sentence, 0, 0)


def test_put_together(together: Outcome) -> None:
    """Together with the other exercises, the network learns from the returns that it should."""
    together.of("discount_rewards")
