"""Clips the normalised returns to -2.5 .. 2.5. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    pass
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    returns = np.clip(returns, -2.5, 2.5)
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
