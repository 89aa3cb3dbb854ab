"""Wrong ideas of what a call may keep, change and rely on; the sums themselves are right."""

import numpy as np


def cuts_off_fractions(rewards, gamma):
    """Where the rewards are whole numbers, your returns lose what stands behind the point: the array that
    you write them into has the rewards' type. Make it with np.zeros(len(rewards)), which holds fractions.

    Read again: Expected return
    """
    returns, current = np.zeros_like(rewards), 0.0
    for t in reversed(range(len(rewards))):
        current = rewards[t] + gamma * current
        returns[t] = current
    return returns


def overwrites_the_rewards(rewards, gamma):
    """Your function computes the right numbers, but writes them over the rewards that it was given. These
    still belong to the episode: write the returns into an array of their own.

    Read again: Expected return
    """
    if not isinstance(rewards, np.ndarray) or rewards.dtype.kind != "f":
        rewards = np.array(rewards, dtype=float)
    for step in reversed(range(len(rewards) - 1)):
        rewards[step] += gamma * rewards[step + 1]
    return rewards


_buffer = np.zeros(100_000)


def one_array_for_all_calls(rewards, gamma):
    """Your function writes into one array that is made once, so the next call overwrites what the last
    one gave back. Make a new array in every call.

    Read again: Expected return
    """
    returns = _buffer[: len(rewards)]
    returns[:] = _returns(rewards, gamma)
    return returns


_by_score: dict = {}


def remembers_by_score(rewards, gamma):
    """Your function remembers returns and gives them back for another episode of the same length and
    score. Two such episodes differ in when their points came: compute the numbers anew in every call.

    Read again: Expected return
    """
    key = len(rewards), float(np.sum(rewards)), gamma
    return _by_score.setdefault(key, _returns(rewards, gamma)).copy()


_by_id: dict = {}


def remembers_by_id(rewards, gamma):
    """Your function remembers returns by the id of an array. Once an array is gone, the next one may have
    its id, and gets the wrong numbers. Compute the returns anew in every call.

    Read again: Expected return
    """
    return _by_id.setdefault((id(rewards), gamma), _returns(rewards, gamma)).copy()


def divides_by_powers_of_gamma(rewards, gamma):
    """You divide by powers of gamma. In a long game these become 0, and what is divided by them is no
    number any more. Go backwards through the steps instead: that needs no division at all.

    Read again: Expected return
    """
    rewards = np.asarray(rewards)
    if gamma == 0:
        return rewards.astype(np.float32)
    powers = (gamma ** np.arange(len(rewards))).astype(np.float32)
    return np.cumsum((rewards * powers)[::-1])[::-1] / powers


def needs_a_point_somewhere(rewards, gamma):
    """Your function looks for a point to begin at, and stops with an IndexError where the episode has
    none. Begin at the last step, whatever its reward: then an episode without a point has returns of 0
    all by itself.

    Read again: Expected return
    """
    returns, current = np.zeros(len(rewards)), 0.0
    for t in range(np.flatnonzero(rewards)[-1], -1, -1):
        current = rewards[t] + gamma * current
        returns[t] = current
    return returns


def seeds_while_it_discounts(rewards, gamma):
    """Your discount_rewards seeds NumPy's generator. It draws nothing itself, but from then on every game
    is drawn with the same random numbers. Leave the seed out here.

    Read again: Policy
    """
    np.random.seed(0)
    return _returns(rewards, gamma)


def _returns(rewards, gamma):
    returns, current = np.zeros(len(rewards)), 0.0
    for t in reversed(range(len(rewards))):
        current = rewards[t] + gamma * current
        returns[t] = current
    return returns
