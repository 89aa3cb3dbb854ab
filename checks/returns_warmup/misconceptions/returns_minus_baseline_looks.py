"""What returns_minus_baseline is asked once it has lost points: two episodes, then three."""

from typing import Any

import numpy as np

from autograder.checker.naming.look import Asked, look


def _differences(asked: Asked, gamma: float, *episodes: list[float], dtype: Any = float) -> Any:
    asked.student.provide(plain_returns=asked.reference.plain_returns)
    given = [np.array(each, dtype) for each in episodes]
    return asked.student.returns_minus_baseline(given, gamma)


@look("For the episodes 4 and 2, of one step each,", "returns_minus_baseline returned")
def one_step_each(asked: Asked) -> Any:
    """The smallest with a baseline."""
    return [float(np.ravel(each)[0]) for each in _differences(asked, 0.5, [4.0], [2.0])]


@look()
def same_length(asked: Asked) -> Any:
    """Two episodes of three steps."""
    return _differences(asked, 0.5, [1.0, 2.0, 4.0], [0.0, 0.0, 2.0])


@look()
def other_gamma(asked: Asked) -> Any:
    """The same with another gamma."""
    return _differences(asked, 0.2, [1.0, 2.0, 4.0], [0.0, 0.0, 2.0])


@look()
def different_lengths(asked: Asked) -> Any:
    """Three episodes, one of them alone at the end."""
    return _differences(asked, 0.5, [1.0, 2.0, 4.0, 8.0], [0.0, 2.0], [3.0, 1.0, 1.0])


@look()
def whole_numbers(asked: Asked) -> Any:
    """Rewards of an integer type."""
    return _differences(asked, 0.5, [1, 2, 4], [0, 0, 1], dtype=int)


@look()
def episodes_left(asked: Asked) -> Any:
    """The caller's list after the call."""
    asked.student.provide(plain_returns=asked.reference.plain_returns)
    given = [np.array(each) for each in ([0.0, 2.0], [1.0, 2.0, 4.0], [3.0])]
    _, left = asked.student.with_arguments("returns_minus_baseline", given, 0.5)
    return left[0] if left else None
