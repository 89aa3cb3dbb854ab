"""Leaves the step's own reward out: the return of the step after it, discounted."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = np.zeros(len(rewards))
    following = 0
    for step in reversed(range(len(rewards))):
        returns[step] = gamma * following
        following = rewards[step] + gamma * following
    return returns
