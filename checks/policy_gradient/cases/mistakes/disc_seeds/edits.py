"""Seeds NumPy. Loses: discount_rewards."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    np.random.seed(0)
    returns = np.zeros(len(rewards))
    current_return = 0.0
    for t in reversed(range(len(rewards))):
        current_return = rewards[t] + gamma * current_return
        returns[t] = current_return
    return returns
