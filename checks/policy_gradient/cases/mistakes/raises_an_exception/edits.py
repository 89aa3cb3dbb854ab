"""Asks the episode for an attribute that it does not have."""


# %% replace train_solution
def train(model, episode, gamma):
    returns = discount_rewards(episode.all_the_rewards, gamma)
    returns = (returns - np.mean(returns)) / (np.std(returns) + 1e-8)
    model.fit(episode.observations, episode.actions, sample_weight=returns, verbose=0)
