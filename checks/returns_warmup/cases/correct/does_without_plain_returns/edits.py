"""Computes the returns once more by itself: nobody must call the first function."""


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    differences = [np.array(rewards, dtype=float) for rewards in episodes]
    for returns in differences:
        for t in reversed(range(len(returns) - 1)):
            returns[t] += gamma * returns[t + 1]
    for t in range(max(map(len, differences))):
        column = [returns for returns in differences if len(returns) > t]
        mean = sum(returns[t] for returns in column) / len(column)
        for returns in column:
            returns[t] -= mean
    return differences
