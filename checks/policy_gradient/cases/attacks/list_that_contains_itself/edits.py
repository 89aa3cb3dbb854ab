"""Returns a list that contains itself, for whoever walks through it."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = [0.0] * len(rewards)
    returns.append(returns)
    return returns
