"""Takes the mean over a list of arrays, which NumPy refuses as soon as their lengths differ."""


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    baseline = np.mean(returns, axis=0)
    return [each - baseline for each in returns]
