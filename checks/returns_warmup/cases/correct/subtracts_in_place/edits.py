"""Subtracts the baseline right in the arrays that `plain_returns` gave back, which are its own."""


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    for t in range(max(len(each) for each in returns)):
        comparable = [each for each in returns if len(each) > t]
        mean = np.mean([each[t] for each in comparable])
        for each in comparable:
            each[t] -= mean
    return returns
