"""Starts a new sum at every point, a trick that is known for Pong and not what is asked for."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = np.zeros(len(rewards))
    following = 0
    for step in reversed(range(len(rewards))):
        if rewards[step] != 0:
            following = 0
        following = rewards[step] + gamma * following
        returns[step] = following
    return returns
