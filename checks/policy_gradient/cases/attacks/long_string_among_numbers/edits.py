"""Returns a list of many numbers and one long string.

As one array, each of its items would be as long as the string: more memory than any machine has.
"""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    return ["a" * 4_000_000] + [1] * 150_000


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    try:
        discount_rewards(["a" * 4_000_000] + [1] * 150_000, gamma)
    except Exception:
        pass  # the answer of the stand-in is of no interest, whether it lives through it is
    returns = discount_rewards(rewards, gamma)
    returns = returns - returns.mean()
    deviation = returns.std()
    if deviation > 0:
        returns = returns / deviation
    model.fit(observations, actions, sample_weight=returns, verbose=0)
