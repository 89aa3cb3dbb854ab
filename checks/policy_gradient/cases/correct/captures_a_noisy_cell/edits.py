"""Silences a cell with %%capture and uses both what it defines and what it printed."""


# %% before discount_rewards_solution [commented]
# %%capture noise
# print("0.0")
# def following_of(reward, gamma, following):
#     return reward + gamma * following


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    following = float(noise.stdout)
    returns = np.zeros(len(rewards))
    for t in reversed(range(len(rewards))):
        returns[t] = following = following_of(rewards[t], gamma, following)
    return returns
