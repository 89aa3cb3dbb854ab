"""Works in the array that it was given, and so destroys the episode's rewards."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    if not isinstance(rewards, np.ndarray) or rewards.dtype.kind != "f":
        rewards = np.array(rewards, dtype=float)
    for step in reversed(range(len(rewards) - 1)):
        rewards[step] += gamma * rewards[step + 1]
    return rewards
