"""Works in the array that it was given, and so destroys the caller's rewards."""


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    returns = np.asarray(rewards)
    if returns.dtype.kind != "f":
        returns = returns.astype(float)
    for t in reversed(range(len(returns) - 1)):
        returns[t] += gamma * returns[t + 1]
    return returns
