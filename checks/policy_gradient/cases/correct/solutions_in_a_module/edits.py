"""Two exercises stand in a module that a cell writes; their own cells import them."""

# %% after imports [commented]
# %%writefile my_solution.py
# import numpy as np
# def discount_rewards(rewards, gamma):
#     returns = np.zeros(len(rewards))
#     current = 0.0
#     for t in reversed(range(len(rewards))):
#         current = rewards[t] + gamma * current
#         returns[t] = current
#     return returns
# def select_action(model, observation):
#     return int(np.random.choice(6, p=model.predict_on_batch(observation[np.newaxis])[0]))

# %% replace discount_rewards_solution
from my_solution import discount_rewards

# %% replace select_action_solution
import my_solution
from my_solution import *
