"""Writes a helper module with %%writefile and imports it."""


# %% before discount_rewards_solution [commented]
# %%writefile returns_helper.py
# import numpy as np
#
# def discounted(rewards, gamma):
#     following, returns = 0.0, np.zeros(len(rewards))
#     for t in range(len(rewards) - 1, -1, -1):
#         following = rewards[t] + gamma * following
#         returns[t] = following
#     return returns

# %% replace discount_rewards_solution
from returns_helper import discounted


def discount_rewards(rewards, gamma):
    return discounted(rewards, gamma)
