"""Wrong ideas of what a return is."""

import numpy as np


def collects_the_past(rewards, gamma):
    """Your sum runs forwards, so each step collects the rewards before it. A return is made of what comes
    after: begin at the last step and go backwards.

    Read again: Returns
    """
    returns, current = np.zeros(len(rewards)), 0.0
    for t in range(len(rewards)):
        current = rewards[t] + gamma * current
        returns[t] = current
    return returns


def forgets_gamma(rewards, gamma):
    """Your returns add up all later rewards in full. With each step into the future a reward counts gamma
    times as much: multiply the return of the next step by gamma.

    Read again: Returns
    """
    return _returns(rewards, 1.0)


def discounts_from_the_start(rewards, gamma):
    """You weigh every reward by how late it came. A return looks ahead from its own step: it is a sum
    over all rewards that follow, discounted by how far away they are from there.

    Read again: Returns
    """
    return np.asarray(rewards) * gamma ** np.arange(len(rewards))


def loses_the_last_reward(rewards, gamma):
    """Your loop begins one step too early: the last return stays 0, and its reward is lost for all steps
    before it. Begin at the index len(rewards) - 1.

    Read again: Returns
    """
    returns = np.zeros(len(rewards))
    for t in range(len(rewards) - 2, -1, -1):
        returns[t] = rewards[t] + gamma * returns[t + 1]
    return returns


def one_step_ahead_only(rewards, gamma):
    """Your returns hold the reward of the next step and nothing behind it. Use the *return* of the next
    step in place of its reward: that has everything in it that follows.

    Read again: Returns
    """
    rewards = np.asarray(rewards, dtype=float)
    return rewards + gamma * np.append(rewards[1:], 0.0)


def forgets_to_turn_around(rewards, gamma):
    """Your numbers are right, but they stand in reverse order: you collected them from the last step to
    the first. Turn the list around in the end.

    Read again: Returns
    """
    return _returns(rewards, gamma)[::-1].copy()


def cuts_off_fractions(rewards, gamma):
    """Where the rewards are whole numbers, your returns lose what stands behind the point: their array
    has the rewards' type. Make it with np.zeros(len(rewards)).

    Read again: Returns
    """
    return _returns(rewards, gamma, np.zeros_like(rewards))


def overwrites_the_rewards(rewards, gamma):
    """Your function writes the returns over the rewards that it was given, and these are the caller's.
    Write them into an array of their own.

    Read again: Returns
    """
    returns = np.asarray(rewards)
    if returns.dtype.kind != "f":
        returns = returns.astype(float)
    for t in reversed(range(len(returns) - 1)):
        returns[t] += gamma * returns[t + 1]
    return returns


def divides_by_powers_of_gamma(rewards, gamma):
    """You divide by powers of gamma, and with gamma 0 these are 0. Go backwards through the steps
    instead: that needs no division.

    Read again: Returns
    """
    powers = gamma ** np.arange(len(rewards))
    return np.cumsum((rewards * powers)[::-1])[::-1] / powers


def _returns(rewards, gamma, returns=None):
    returns, current = np.zeros(len(rewards)) if returns is None else returns, 0.0
    for t in reversed(range(len(rewards))):
        returns[t] = rewards[t] + gamma * current
        current = returns[t]
    return returns
