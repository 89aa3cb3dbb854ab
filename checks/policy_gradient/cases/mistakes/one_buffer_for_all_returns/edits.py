"""Writes into one array that is made once: the next call overwrites the returns of the last.
Loses: discount_rewards."""

# %% replace discount_rewards_solution
buffer = np.zeros(100_000)  # made once, to save time


def discount_rewards(rewards, gamma):
    returns = buffer[: len(rewards)]
    current_return = 0.0
    for t in reversed(range(len(rewards))):
        current_return = rewards[t] + gamma * current_return
        returns[t] = current_return
    return returns
