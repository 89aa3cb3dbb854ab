"""Remembers returns by length and score. Loses: discount_rewards."""

# %% replace discount_rewards_solution
memory = {}


def discount_rewards(rewards, gamma):
    key = len(rewards), float(np.sum(rewards)), gamma
    if key not in memory:
        returns = np.zeros(len(rewards))
        current = 0.0
        for t in reversed(range(len(rewards))):
            current = rewards[t] + gamma * current
            returns[t] = current
        memory[key] = returns
    return memory[key].copy()
