"""A linear system."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    steps = len(rewards)
    return np.linalg.solve(np.eye(steps) - gamma * np.eye(steps, k=1), np.asarray(rewards, float))
