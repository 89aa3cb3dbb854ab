"""Gives every other action a little of the label, as one does for images. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    labels = 0.9 * actions + 0.1 / 6
    model.fit(observations, labels, sample_weight=returns, epochs=1, verbose=0)
