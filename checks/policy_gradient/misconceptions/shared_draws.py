"""Which distribution draws may come from."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.checker.naming.look import Seen
from checks.policy_gradient.notebook import Floats

UNLIKELY = 1e-5  # of draws that come from the distribution
Policy = Callable[[Floats], Floats]


def fits(draws: Sequence[int], policy: Floats) -> bool:
    """Tell whether draws may come from `policy` (6,), each by itself.

    G-test against the chi-squared distribution with as many degrees of freedom as there are free shares
    (Sokal and Rohlf, "Biometry", chapter 17), by Wilson's and Hilferty's approximation of it.
    """
    counts = np.bincount(np.asarray(draws, int), minlength=6)[:6]
    policy = np.asarray(policy, float) / np.sum(policy)
    if (counts[policy < 1e-9] > 0).any():
        return False
    there = counts > 0
    wanted = policy * counts.sum()
    statistic = 2 * float((counts[there] * np.log(counts[there] / wanted[there])).sum())
    free = int((policy >= 1e-9).sum()) - 1
    return statistic <= _quantile(free) if free else True


def _quantile(free: int) -> float:
    """Return the chi-squared quantile beyond which UNLIKELY is left."""
    deviate = 4.2649  # of the standard normal distribution, for 1e-5
    return float(free * (1 - 2 / (9 * free) + deviate * np.sqrt(2 / (9 * free))) ** 3)


def all_fit(seen: Seen, policies: Mapping[str, Floats], changed: Policy) -> bool:
    """Tell whether the draws of each look may come from its policy, `changed`."""
    return all(
        valid(seen[name]) and fits(seen[name], changed(policy)) for name, policy in policies.items()
    )


def valid(draws: Any) -> bool:
    """Tell whether these are actions."""
    if not isinstance(draws, list) or not draws:
        return False
    return all(isinstance(each, int | np.integer) and 0 <= each < 6 for each in draws)


def too_even(draws: Sequence[int], policy: Floats) -> bool:
    """Tell whether draws keep closer to their shares, all the time, than chance does."""
    counts = np.cumsum(np.eye(6)[np.asarray(draws, int)], axis=0)
    wanted = np.arange(1, len(draws) + 1)[:, np.newaxis] * np.asarray(policy)
    return bool(np.abs(counts - wanted).max() < 6.0)


def repeats(draws: Sequence[int], memory: int = 5) -> bool:
    """Tell whether what followed the same few draws before nearly always follows again."""
    draws = draws[-400:]
    followed: dict[tuple[int, ...], int] = {}
    same = seen = 0
    for place in range(memory, len(draws)):
        before = tuple(draws[place - memory : place])
        if before in followed:
            seen += 1
            same += followed[before] == draws[place]
        followed[before] = draws[place]
    return seen >= 20 and same >= 0.9 * seen
