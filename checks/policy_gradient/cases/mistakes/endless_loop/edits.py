"""Forgets to count down: the loop never ends."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = np.zeros(len(rewards))
    following = 0
    step = len(rewards) - 1
    while step >= 0:
        following = rewards[step] + gamma * following
        returns[step] = following
    return returns
