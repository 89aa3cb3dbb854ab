"""Sums up the rewards that follow without discounting them."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    return np.cumsum(np.asarray(rewards, dtype=float)[::-1])[::-1]
