"""Sorts the caller's list by length, and gives the differences back in that order."""


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    episodes.sort(key=len, reverse=True)
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    baseline = np.zeros(len(returns[0]))
    for t in range(len(baseline)):
        baseline[t] = np.mean([each[t] for each in returns if len(each) > t])
    return [each - baseline[: len(each)] for each in returns]
