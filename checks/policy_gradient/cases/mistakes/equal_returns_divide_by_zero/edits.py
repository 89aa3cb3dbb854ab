"""Divides by the deviation whatever it is: an episode with equal returns ruins the model."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    returns = (returns - np.mean(returns)) / np.std(returns)
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
