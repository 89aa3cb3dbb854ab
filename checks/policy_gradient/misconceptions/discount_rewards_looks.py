"""What discount_rewards is asked once it has lost points, from three rewards up."""

from typing import Any

import numpy as np

from autograder.checker.naming.look import Asked, look
from checks.policy_gradient.notebook import policy, seeds_anew

RETURNED = "discount_rewards returned"


def _returns(asked: Asked, rewards: list[float], gamma: float, dtype: Any = float) -> Any:
    return asked.student.discount_rewards(np.array(rewards, dtype), gamma)


@look("For the rewards 0, 0, 1 and gamma 0.5", RETURNED)
def point_at_the_end(asked: Asked) -> Any:
    """The smallest that shows a loop in the wrong direction."""
    return _returns(asked, [0, 0, 1], 0.5)


@look("For the rewards 1, 0, 2 and gamma 0.5", RETURNED)
def two_points(asked: Asked) -> Any:
    """The other example that students see."""
    return _returns(asked, [1, 0, 2], 0.5)


@look("For the rewards 1, 2, 4 and gamma 0.5", RETURNED)
def three_rewards(asked: Asked) -> Any:
    """A reward at every step, and no example that students see."""
    return _returns(asked, [1, 2, 4], 0.5)


@look("For the rewards 3, 0, -1, 2, 5 and gamma 0.1", RETURNED)
def small_gamma(asked: Asked) -> Any:
    """Another gamma."""
    return _returns(asked, [3, 0, -1, 2, 5], 0.1)


@look("For the rewards 3, 0, -1, 2, 5 and gamma 1", RETURNED)
def gamma_one(asked: Asked) -> Any:
    """No discount."""
    return _returns(asked, [3, 0, -1, 2, 5], 1.0)


@look("For the rewards 3, 0, -1, 2, 5 and gamma 0", RETURNED)
def gamma_zero(asked: Asked) -> Any:
    """No future."""
    return _returns(asked, [3, 0, -1, 2, 5], 0.0)


@look("For the only reward 2 and gamma 0.5", RETURNED)
def one_step(asked: Asked) -> Any:
    """The shortest episode."""
    return _returns(asked, [2], 0.5)


@look("For the rewards 0, 0, 0 and gamma 0.5", RETURNED)
def nothing(asked: Asked) -> Any:
    """No point at all."""
    return _returns(asked, [0, 0, 0], 0.5)


@look("For the whole numbers 1, 2, 3 as rewards and gamma 0.5", RETURNED)
def whole_numbers(asked: Asked) -> Any:
    """Rewards of an integer type."""
    return _returns(asked, [1, 2, 3], 0.5, np.int64)


@look("For the rewards 1, 1, and so on, of single precision, and gamma 0.9", RETURNED)
def long_episode(asked: Asked) -> Any:
    """A game of 1900 steps."""
    return asked.student.discount_rewards(np.ones(1900, np.float32), 0.9)


@look("We passed the rewards 1, 2, 4. Afterwards", "their array held")
def rewards_left(asked: Asked) -> Any:
    """Rewards belong to the episode."""
    _, left = asked.student.with_arguments("discount_rewards", np.array([1.0, 2.0, 4.0]), 0.5)
    return left[0] if left else None


@look(
    "We asked for the returns of 1, 2, 4 and then for those of 8, 8, 8, with gamma 0.5. In the end the first",
    "returns were",
)
def first_of_two(asked: Asked) -> Any:
    """What a call returned stays."""
    episodes = [[np.array([1.0, 2.0, 4.0]), 0.5], [np.array([8.0, 8.0, 8.0]), 0.5]]
    return asked.student.each("discount_rewards", episodes)[0]


@look(
    "We asked for the returns of 0, 1, 0, then for those of 1, 0, 0, with gamma 0.5. The second",
    "were",
)
def same_score(asked: Asked) -> Any:
    """Two episodes of one length and one score."""
    episodes = [[np.array([0.0, 1.0, 0.0]), 0.5], [np.array([1.0, 0.0, 0.0]), 0.5]]
    return asked.student.each("discount_rewards", episodes)[1]


@look()
def short_lived(asked: Asked) -> Any:
    """Many arrays, each gone after its call, so that the next lies in its place."""
    episodes = [[np.full(3, float(number)), 0.5] for number in range(20)]
    return asked.student.each("discount_rewards", episodes)


@look()
def seeds(asked: Asked) -> bool:
    """Whether it seeds NumPy's generator."""
    model = policy(asked.student, np.zeros((12800, 6), np.float32))
    call = lambda: asked.student.discount_rewards(np.ones(3), 0.5)  # noqa: E731
    return seeds_anew(asked.student, np.random.default_rng(0), model, call)
