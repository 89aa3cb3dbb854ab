"""Seeds NumPy in each training. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    np.random.seed(0)
    order = np.random.permutation(len(returns))
    model.fit(
        observations[order], actions[order], sample_weight=returns[order], epochs=1, verbose=0
    )
