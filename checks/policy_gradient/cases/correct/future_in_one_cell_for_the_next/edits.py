"""`from __future__ import annotations` in one cell lets a later cell annotate with a name to come."""

# %% after imports
from __future__ import annotations


# %% replace discount_rewards_solution
def discount_rewards(rewards: Rewards, gamma: float) -> Returns:
    returns = np.zeros(len(rewards))
    current_return = 0.0
    for t in reversed(range(len(rewards))):
        current_return = rewards[t] + gamma * current_return
        returns[t] = current_return
    return returns
