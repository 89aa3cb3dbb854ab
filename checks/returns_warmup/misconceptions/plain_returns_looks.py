"""What plain_returns is asked once it has lost points, from three rewards up."""

from typing import Any

import numpy as np

from autograder.checker.naming.look import Asked, look

RETURNED = "plain_returns returned"


@look("For the rewards 0, 0, 1 and gamma 0.5", RETURNED)
def point_at_the_end(asked: Asked) -> Any:
    """The smallest that shows a loop in the wrong direction."""
    return asked.student.plain_returns(np.array([0.0, 0.0, 1.0]), 0.5)


@look("For the rewards 1, 2, 4 and gamma 0.5", RETURNED)
def three_rewards(asked: Asked) -> Any:
    """A reward at every step."""
    return asked.student.plain_returns(np.array([1.0, 2.0, 4.0]), 0.5)


@look("For the rewards 1, 2, 4 and gamma 0", RETURNED)
def gamma_zero(asked: Asked) -> Any:
    """No future."""
    return asked.student.plain_returns(np.array([1.0, 2.0, 4.0]), 0.0)


@look("For the whole numbers 1, 2, 3 as rewards and gamma 0.5", RETURNED)
def whole_numbers(asked: Asked) -> Any:
    """Rewards of an integer type."""
    return asked.student.plain_returns(np.array([1, 2, 3]), 0.5)


@look("We passed the rewards 1, 2, 4. Afterwards", "their array held")
def rewards_left(asked: Asked) -> Any:
    """The rewards are the caller's."""
    _, left = asked.student.with_arguments("plain_returns", np.array([1.0, 2.0, 4.0]), 0.5)
    return left[0] if left else None


@look("We asked for the returns of 1, 2, 4 twice, with gamma 0.5. The second time", "they were")
def second_call(asked: Asked) -> Any:
    """No call remembers another."""
    asked.student.plain_returns(np.array([1.0, 2.0, 4.0]), 0.5)
    return asked.student.plain_returns(np.array([1.0, 2.0, 4.0]), 0.5)
