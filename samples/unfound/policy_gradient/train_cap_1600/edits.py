"""Learns from the first 1600 steps. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    model.fit(
        observations[:1600], actions[:1600], sample_weight=returns[:1600], epochs=1, verbose=0
    )
