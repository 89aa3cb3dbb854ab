"""Batches of five, of which the last may be smaller; positional arguments."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    weights = (returns - returns.mean()) / (returns.std() + 1e-8)
    model.fit(observations, actions, 5, 1, 0, sample_weight=weights)
