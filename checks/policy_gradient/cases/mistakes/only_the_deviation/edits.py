"""Divides by the deviation and keeps the mean."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    returns = returns / (np.std(returns) + 1e-8)
    model.fit(observations, actions, sample_weight=returns, verbose=0)
