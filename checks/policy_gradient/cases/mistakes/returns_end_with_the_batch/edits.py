"""Computes returns for each part of 256 steps: what comes after it does not count. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    # in parts, so that it does not take so long
    parts = [rewards[start : start + 256] for start in range(0, len(rewards), 256)]
    returns = np.concatenate([discount_rewards(part, gamma) for part in parts])
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
