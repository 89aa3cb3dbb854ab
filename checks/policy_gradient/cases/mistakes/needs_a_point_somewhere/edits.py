"""Begins at the last point of the game: an episode without a point raises an IndexError. Loses:
discount_rewards."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = np.zeros(len(rewards))
    # behind the last point there is nothing to add up, so we can begin there
    last = np.flatnonzero(rewards)[-1]
    current_return = 0.0
    for t in range(last, -1, -1):
        current_return = rewards[t] + gamma * current_return
        returns[t] = current_return
    return returns
