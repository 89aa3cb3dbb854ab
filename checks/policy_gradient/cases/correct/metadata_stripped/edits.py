"""Saved by a tool that drops ids and grade ids: exercises are found by the function they define."""
# metadata: stripped


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = np.zeros(len(rewards))
    following = 0
    for step in reversed(range(len(rewards))):
        following = rewards[step] + gamma * following
        returns[step] = following
    return returns
