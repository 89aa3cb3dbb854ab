"""Seeds for reproducibility before fit. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    keras.utils.set_random_seed(1)
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
