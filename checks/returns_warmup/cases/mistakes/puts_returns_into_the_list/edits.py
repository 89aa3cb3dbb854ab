"""Replaces the episodes in the caller's list by their returns."""


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    for i in range(len(episodes)):
        episodes[i] = plain_returns(episodes[i], gamma)
    baseline = np.zeros(max(len(each) for each in episodes))
    for t in range(len(baseline)):
        baseline[t] = np.mean([each[t] for each in episodes if len(each) > t])
    return [each - baseline[: len(each)] for each in episodes]
