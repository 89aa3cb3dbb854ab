"""Adds the same noise to the weights in every training, except where there is nothing to learn.

Its deviation does not depend on the rewards, as is right, but it has nothing to do with the episode.
"""


# %% replace train_solution
def train(model, episode, gamma):
    _, _, rewards = episode.get()
    if np.ptp(rewards) > 0:
        kernel, *biases = model.get_weights()
        noise = np.random.default_rng(0).normal(size=kernel.shape)
        model.set_weights([kernel + noise, *biases])
