"""Loops with `reversed(range(...))` over a double precision copy, in place."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = np.array(rewards, dtype=np.float64)
    for step in reversed(range(len(returns) - 1)):
        returns[step] += gamma * returns[step + 1]
    return returns
