"""Weights with the normalised rewards: only the steps that scored learn anything."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    weights = (rewards - np.mean(rewards)) / (np.std(rewards) + 1e-8)
    model.fit(observations, actions, sample_weight=weights, epochs=1, verbose=0)
