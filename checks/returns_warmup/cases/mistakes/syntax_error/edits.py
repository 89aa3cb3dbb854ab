"""A colon is missing, so that the cell does not run at all. The other exercise does not suffer from it."""

# %% replace plain_returns_solution [commented]
# def plain_returns(rewards, gamma):
#     returns = np.zeros(len(rewards))
#     following_return = 0.0
#     for t in reversed(range(len(rewards)))
#         returns[t] = following_return = rewards[t] + gamma * following_return
#     return returns
