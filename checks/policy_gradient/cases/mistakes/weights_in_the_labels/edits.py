"""Puts the weights into the labels. In theory the cross-entropy is linear in these; the gradient that
TensorFlow has for it holds for labels that sum to 1. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    weights = (returns - returns.mean()) / (returns.std() + 1e-8)
    model.fit(observations, actions * weights[:, np.newaxis], epochs=1, verbose=0)
