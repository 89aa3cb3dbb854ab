"""Weights each reward with gamma to the power of its step: the discounted rewards, not the returns."""


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    return np.asarray(rewards) * gamma ** np.arange(len(rewards))
