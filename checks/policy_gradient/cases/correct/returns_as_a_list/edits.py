"""Returns a plain list of floats: its values are right."""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    returns = []
    following = 0.0
    for reward in reversed(list(rewards)):
        following = float(reward) + gamma * following
        returns.insert(0, following)
    return returns
