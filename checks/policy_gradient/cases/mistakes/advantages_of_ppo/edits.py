"""Takes `estimate_advantages` of ppo.py with a critic of zeros: 0.95 comes in beside gamma.
Loses: discount_rewards."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    # as in ppo.py, for a single game and without a critic
    gae_lambda = 0.95
    returns = np.zeros(len(rewards))
    next_advantage = next_value = 0.0
    for t in range(len(rewards) - 1, -1, -1):
        delta = rewards[t] + gamma * next_value - 0.0
        returns[t] = delta + gamma * gae_lambda * next_advantage
        next_advantage = returns[t]
    return returns
