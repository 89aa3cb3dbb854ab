"""Trains on the first half only."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    weights = (returns - returns.mean()) / (returns.std() + 1e-8)
    half = len(rewards) // 2
    model.fit(observations[:half], actions[:half], sample_weight=weights[:half], verbose=0)
