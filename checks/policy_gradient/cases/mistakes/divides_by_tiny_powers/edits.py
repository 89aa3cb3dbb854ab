"""Divides by float32 powers of gamma, which become 0: nan in a game with gamma = 0.9. Loses:
discount_rewards."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    rewards = np.asarray(rewards)
    if gamma == 0:
        return rewards.astype(np.float32)
    powers = (gamma ** np.arange(len(rewards))).astype(np.float32)
    discounted = rewards * powers
    # the sum from each step to the end, and back to the step's own time
    return np.cumsum(discounted[::-1])[::-1] / powers
