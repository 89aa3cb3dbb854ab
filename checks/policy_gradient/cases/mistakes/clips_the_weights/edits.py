"""Cuts the normalised returns off at -1 and 1: a good action counts no more than a fair one. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    returns = (returns - returns.mean()) / (returns.std() + 1e-8)
    # outliers would ruin the training
    returns = np.clip(returns, -1, 1)
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
