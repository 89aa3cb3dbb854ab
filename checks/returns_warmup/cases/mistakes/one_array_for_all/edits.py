"""Joins the differences of all episodes to one long array: nobody knows any more which is whose."""


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    baseline = np.zeros(max(len(each) for each in returns))
    for t in range(len(baseline)):
        baseline[t] = np.mean([each[t] for each in returns if len(each) > t])
    return np.concatenate([each - baseline[: len(each)] for each in returns])
