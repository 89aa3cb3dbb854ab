"""Halves the sample weights after every 100th call. Loses: train."""

# %% replace train_solution
calls = 0


def train(model, episode, gamma):
    global calls
    observations, actions, rewards = episode.get()
    pass
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    returns = returns * 0.5 ** (calls // 100)
    calls += 1
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
