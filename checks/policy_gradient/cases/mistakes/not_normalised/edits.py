"""Weights the samples with the returns as they are."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    model.fit(observations, actions, sample_weight=returns, verbose=0)
