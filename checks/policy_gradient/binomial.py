"""Do draws come from the distribution that they should come from? Exact tails, no approximation."""

from collections.abc import Sequence

import numpy as np

from autograder.checker.expect import Floats

# One verdict of `fits` makes 7 tests, each of which accuses an innocent with at most this probability.
FALSE_ALARM = 1e-11


def fits(draws: Sequence[int], probabilities: Floats) -> bool:
    """Tell whether independent draws from `probabilities` (6,), none of them 0, may look like `draws`.

    Tested are how often each action was drawn and in how many pairs of draws in a row (the first with
    the second, the third with the fourth) both are equal. For independent draws each of these numbers
    is binomial, so the exact tails bound the probability of a false alarm: 7 * FALSE_ALARM.
    """
    counts = np.bincount(draws, minlength=6)
    pairs = np.asarray(draws)[: len(draws) // 2 * 2].reshape(-1, 2)
    equal = int((pairs[:, 0] == pairs[:, 1]).sum())
    tails = [tail(int(k), len(draws), p) for k, p in zip(counts, probabilities, strict=True)]
    tails.append(tail(equal, len(pairs), float((probabilities**2).sum())))
    return min(tails) >= FALSE_ALARM


def tail(k: int, n: int, p: float) -> float:
    """Return twice the smaller of P(X <= k) and P(X >= k), for X successes in n trials of 0 < p < 1."""
    log_factorials = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, n + 1)))))
    i = np.arange(n + 1)
    ways = log_factorials[n] - log_factorials - log_factorials[::-1]
    masses = np.exp(ways + i * np.log(p) + (n - i) * np.log1p(-p))
    return 2 * min(float(masses[: k + 1].sum()), float(masses[k:].sum()))
