"""Normalises the returns of each batch of 512 steps by itself. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    batch_size = 512
    for start in range(0, len(returns), batch_size):
        batch = slice(start, start + batch_size)
        weights = returns[batch] - np.mean(returns[batch])
        if np.std(weights) > 0:
            weights = weights / np.std(weights)
        model.train_on_batch(observations[batch], actions[batch], sample_weight=weights)
