"""Goes through all episodes side by side with `zip_longest`, and skips those that are over."""

# %% replace returns_minus_baseline_solution
from itertools import zip_longest


def returns_minus_baseline(episodes, gamma):
    returns = [plain_returns(rewards, gamma) for rewards in episodes]
    baseline = []
    for column in zip_longest(*returns):
        there = [value for value in column if value is not None]
        baseline.append(sum(there) / len(there))
    return [np.array([g - b for g, b in zip(each, baseline)]) for each in returns]
