"""Computes the returns and forgets to pass them to `fit`."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    returns = (returns - np.mean(returns)) / (np.std(returns) + 1e-8)
    model.fit(observations, actions, verbose=0)
