"""Discounts with 0.99 whatever gamma it is given."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, 0.99))
    returns = (returns - np.mean(returns)) / (np.std(returns) + 1e-8)
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
