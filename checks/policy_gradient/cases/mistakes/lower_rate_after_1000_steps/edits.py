"""Lowers the learning rate to nearly nothing when the optimizer has taken 1000 steps. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    if model.optimizer.iterations.numpy() > 1000:
        model.optimizer.learning_rate = 1e-7
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    pass
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
