# ruff: noqa: F821 - the notebook's own functions are there when these run
"""Wrong ideas of what returns are compared with."""

import numpy as np


def rewards_for_returns(episodes, gamma):
    """Your baseline is the mean of the rewards of a step. What is compared are returns: take the mean of
    these.

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    return _minus(returns, _means([np.asarray(each, dtype=float) for each in episodes]))


def aligned_at_the_end(episodes, gamma):
    """You count steps from the end of each episode. The baseline of a step compares what followed the
    same step, counted from the start.

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, gamma)[::-1] for rewards in episodes]
    return [each[::-1] for each in _minus(returns, _means(returns))]


def cut_to_the_shortest(episodes, gamma):
    """You cut all episodes to the length of the shortest. Every step has a difference: compare each with
    those episodes that have such a step.

    Read again: Returns minus a baseline
    """
    shortest = min(len(rewards) for rewards in episodes)
    returns = np.array([plain_returns(rewards, gamma)[:shortest] for rewards in episodes])
    return list(returns - returns.mean(axis=0))


def zeros_in_the_mean(episodes, gamma):
    """You fill short episodes up with zeros and count those as returns. An episode that is over has no
    return: leave it out of the mean.

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    return _minus(returns, _padded(returns).mean(axis=0))


def one_matrix_for_all(episodes, gamma):
    """You give back one matrix, with numbers where short episodes have no steps any more. Give back a
    list: for each episode as many differences as it has steps.

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    return _padded(returns) - _means(returns)


def divided_by_the_deviation(episodes, gamma):
    """You divide by the standard deviation as well, which is 0 where an episode is alone. Only the
    baseline is subtracted here.

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    deviations = [np.std(each) for each in _columns(returns)]
    return [row / deviations[: len(row)] for row in _minus(returns, _means(returns))]


def typed_in_gamma(episodes, gamma):
    """Your function discounts with 0.9 whatever gamma it is given. Pass the argument on to plain_returns.

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, 0.9) for rewards in episodes]
    return _minus(returns, _means(returns))


def leaves_itself_out(episodes, gamma):
    """You compare each episode with the other ones only, and there may be none. The baseline of a step is
    the mean over all episodes that have it, the episode itself included.

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    others = [[*returns[:i], *returns[i + 1 :]] for i in range(len(returns))]
    return [
        np.array([each[t] - np.mean([o[t] for o in rest if len(o) > t]) for t in range(len(each))])
        for each, rest in zip(returns, others, strict=True)
    ]


def its_own_mean(episodes, gamma):
    """You subtract from each episode its own mean, so a bad episode looks as good as a good one. The
    baseline compares what followed the same step in different episodes.

    Read again: Returns minus a baseline
    """
    return [each - np.mean(each) for each in (plain_returns(r, gamma) for r in episodes)]


def one_mean_for_all_steps(episodes, gamma):
    """You subtract one mean of all returns from every step, so first steps are compared with last ones.
    Each step has a baseline of its own.

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    return [each - np.mean(np.concatenate(returns)) for each in returns]


def turns_the_sign(episodes, gamma):
    """You subtract the returns from the baseline, so what went well comes out as bad. It is the return
    minus the baseline.

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    return [-each for each in _minus(returns, _means(returns))]


def cuts_off_fractions(episodes, gamma):
    """Where the rewards are whole numbers, your baseline loses what stands behind the point: its array
    has the rewards' type. Make it with np.zeros(...).

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    baseline = np.zeros_like(max(episodes, key=len))
    baseline[:] = _means(returns)
    return _minus(returns, baseline)


def stacked_as_they_are(episodes, gamma):
    """You take the mean over a list of arrays, which NumPy refuses as soon as their lengths differ. Go
    through the steps: for each take the episodes that have it.

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    return [each - np.mean(returns, axis=0) for each in returns]


def one_array_for_all(episodes, gamma):
    """You join the differences of all episodes to one long array, and nobody knows any more which is
    whose. Give back a list with one array for each episode.

    Read again: Returns minus a baseline
    """
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    return np.concatenate(_minus(returns, _means(returns)))


def overwrites_the_episodes(episodes, gamma):
    """You put the returns into the list that you were given, in the place of the episodes. That list is
    the caller's: make one of your own.

    Read again: Returns minus a baseline
    """
    for i in range(len(episodes)):
        episodes[i] = plain_returns(episodes[i], gamma)
    return _minus(episodes, _means(episodes))


def sorts_the_episodes(episodes, gamma):
    """You sort the list that you were given, and give the differences back in that order. Leave it as it
    is: the first result belongs to the first episode.

    Read again: Returns minus a baseline
    """
    episodes.sort(key=len, reverse=True)
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    return _minus(returns, _means(returns))


def _columns(returns):
    return [[e[t] for e in returns if len(e) > t] for t in range(max(map(len, returns)))]


def _means(returns):
    return np.array([np.mean(each) for each in _columns(returns)])


def _minus(returns, baseline):
    return [each - baseline[: len(each)] for each in returns]


def _padded(returns):
    padded = np.zeros((len(returns), max(map(len, returns))))
    for row, each in zip(padded, returns, strict=True):
        row[: len(each)] = each
    return padded
