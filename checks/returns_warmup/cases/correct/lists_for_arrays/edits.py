"""Plain lists of floats come back from both functions: the values are right."""


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    returns = []
    following = 0.0
    for reward in reversed(list(rewards)):
        following = float(reward) + gamma * following
        returns.insert(0, following)
    return returns


# %% replace returns_minus_baseline_solution
def returns_minus_baseline(episodes, gamma):
    returns = [list(plain_returns(rewards, gamma)) for rewards in episodes]
    differences = []
    for mine in returns:
        row = []
        for t, value in enumerate(mine):
            others = [each[t] for each in returns if t < len(each)]
            row.append(float(value - sum(others) / len(others)))
        differences.append(row)
    return differences
