"""A recursion per step: right for short episodes, too deep for one of a thousand steps."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    if len(rewards) == 0:
        return np.zeros(0)
    following = discount_rewards(rewards[1:], gamma)
    first = rewards[0] + (gamma * following[0] if len(following) else 0.0)
    return np.concatenate([[first], following])
