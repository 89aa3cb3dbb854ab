"""Subtracts the returns from the baseline: what went well comes out as bad."""


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    baseline = np.zeros(max(len(each) for each in returns))
    for t in range(len(baseline)):
        baseline[t] = np.mean([each[t] for each in returns if len(each) > t])
    return [baseline[: len(each)] - each for each in returns]
