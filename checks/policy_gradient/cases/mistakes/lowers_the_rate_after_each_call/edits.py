"""Lowers the learning rate by 5 % after each episode: after 100 of them next to nothing is
learned. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
    # smaller and smaller steps
    model.optimizer.learning_rate = float(model.optimizer.learning_rate) * 0.95
