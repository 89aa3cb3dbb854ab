"""Subtracts the mean and leaves the deviation as it is."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    returns = returns - np.mean(returns)
    model.fit(observations, actions, sample_weight=returns, verbose=0)
