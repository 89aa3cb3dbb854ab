"""Collects the returns backwards in a list, and forgets to turn it round."""


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    returns = []
    following_return = 0.0
    for reward in rewards[::-1]:
        following_return = reward + gamma * following_return
        returns.append(following_return)
    return np.array(returns)
