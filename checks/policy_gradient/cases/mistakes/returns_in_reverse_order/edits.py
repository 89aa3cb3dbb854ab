"""Computes the right numbers backwards and forgets to turn them around."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = []
    following = 0.0
    for reward in reversed(list(rewards)):
        following = reward + gamma * following
        returns.append(following)
    return np.array(returns)
