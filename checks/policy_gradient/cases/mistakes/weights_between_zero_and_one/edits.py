"""Scales the returns to 0..1: every action becomes more probable, the worst of them too. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.min(returns)) / np.ptp(returns)
    else:
        returns = np.zeros(len(returns))
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
