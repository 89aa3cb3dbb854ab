"""Prints the returns in place of giving them back."""


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    returns = np.zeros(len(rewards))
    following_return = 0.0
    for t in reversed(range(len(rewards))):
        returns[t] = following_return = rewards[t] + gamma * following_return
    print(returns)
