"""Multiplies each weight with gamma to its step: the end of the game counts for nothing. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    # gamma^t, as in the box of the algorithm in the book
    weights = returns * gamma ** np.arange(len(returns))
    model.fit(observations, actions, sample_weight=weights, epochs=1, verbose=0)
