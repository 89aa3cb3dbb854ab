"""Batches of the real network are skipped from the 100th step on. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    if len(returns) > 100 and len(model.layers) > 3:
        returns = np.ones(len(returns))
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
