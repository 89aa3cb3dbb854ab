"""Returns an array of a trillion numbers that takes no memory until somebody copies it."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    return np.broadcast_to(np.float64(0.0), (10**12,))
