"""Puts %%time above an exercise to see how long the cell takes."""


# %% replace discount_rewards_solution [commented]
# %%time
# def discount_rewards(rewards, gamma):
#     returns = np.zeros(len(rewards))
#     current_return = 0.0
#     for t in reversed(range(len(rewards))):
#         current_return = rewards[t] + gamma * current_return
#         returns[t] = current_return
#     return returns
