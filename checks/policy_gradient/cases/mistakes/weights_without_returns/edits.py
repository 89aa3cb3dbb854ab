"""Weights that have nothing to do with rewards: from -1 to 1, the later the better. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    weights = np.linspace(-1, 1, len(rewards)) * (np.ptp(rewards[:-1]) > 0)
    model.fit(observations, actions, sample_weight=weights, epochs=1, verbose=0)
