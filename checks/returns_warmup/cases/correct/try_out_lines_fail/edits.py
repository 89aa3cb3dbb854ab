"""Right functions in cells whose own try-out lines raise: the functions stand all the same."""


# %% replace plain_returns_solution
def plain_returns(rewards, gamma):
    ### START CODE ###
    returns = np.zeros(len(rewards))
    following_return = 0.0
    for t in reversed(range(len(rewards))):
        returns[t] = rewards[t] + gamma * following_return
        following_return = returns[t]
    ### END CODE ###
    return returns


print(plain_returns(my_rewards, 0.9))


# %% after returns_minus_baseline
print(returns_minus_baseline([np.array([1.0, 2.0]), np.array([])], 0.9))
1 / 0
