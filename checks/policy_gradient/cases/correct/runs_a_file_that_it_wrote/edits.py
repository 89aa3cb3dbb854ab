"""Writes a script with %%writefile and runs it with %run, which leaves its names in the notebook."""


# %% before discount_rewards_solution [commented]
# %%writefile discounting.py
# def discounted(rewards, gamma):
#     returns, following = [], 0.0
#     for reward in list(rewards)[::-1]:
#         following = float(reward) + gamma * following
#         returns.append(following)
#     return returns[::-1]


# %% after hyperparameters [commented]
# %run discounting.py


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    from discounting import discounted

    return np.array(discounted(rewards, gamma))
