"""Subtracts the mean of all returns: first steps are compared with last ones."""


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    baseline = np.mean(np.concatenate(returns))
    return [each - baseline for each in returns]
