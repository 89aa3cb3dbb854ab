"""Sums up the rewards to the end and forgets the discount."""


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    return np.cumsum(rewards[::-1])[::-1].astype(float)
