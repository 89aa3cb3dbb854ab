"""Draws 1200 steps of a longer game, against a lack of memory: from the others it learns
nothing. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    # my notebook has not enough memory for more
    some = np.random.permutation(len(returns))[:1200]
    model.fit(observations[some], actions[some], sample_weight=returns[some], epochs=1, verbose=0)
