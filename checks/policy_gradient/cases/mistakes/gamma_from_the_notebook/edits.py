"""Uses 0.99 whatever gamma it is given."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = np.zeros(len(rewards))
    following = 0
    for step in reversed(range(len(rewards))):
        following = rewards[step] + 0.99 * following
        returns[step] = following
    return returns
