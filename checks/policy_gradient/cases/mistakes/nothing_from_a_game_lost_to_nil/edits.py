"""Learns nothing from a game without a single point won: at the beginning nearly every game. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    if episode.score == -21:
        return
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    pass
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
