"""Keeps the following return in a global variable that nobody sets back to 0."""

# %% replace plain_returns_solution
following_return = 0.0


def plain_returns(rewards, gamma):
    global following_return
    returns = np.zeros(len(rewards))
    for t in reversed(range(len(rewards))):
        following_return = rewards[t] + gamma * following_return
        returns[t] = following_return
    return returns
