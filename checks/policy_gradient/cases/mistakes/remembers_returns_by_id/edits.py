"""Keeps returns by the id of the array, which another array has afterwards. Loses: discount_rewards."""

# %% replace discount_rewards_solution
known = {}


def discount_rewards(rewards, gamma):
    key = (id(rewards), gamma)
    if key not in known:
        returns = np.zeros(len(rewards))
        current_return = 0.0
        for t in reversed(range(len(rewards))):
            current_return = rewards[t] + gamma * current_return
            returns[t] = current_return
        known[key] = returns
    return known[key].copy()
