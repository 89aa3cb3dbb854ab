"""Looks for the step behind the last one, which does not exist."""


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    returns = np.zeros(len(rewards))
    for t in reversed(range(len(rewards))):
        returns[t] = rewards[t] + gamma * returns[t + 1]
    return returns
