"""Runs through the episode forwards, so that each step collects the past."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = np.zeros(len(rewards))
    running = 0
    for step in range(len(rewards)):
        running = rewards[step] + gamma * running
        returns[step] = running
    return returns
