"""Turns the sign of the returns, believing that the loss should go up."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    returns = (returns - np.mean(returns)) / (np.std(returns) + 1e-8)
    model.fit(observations, actions, sample_weight=-returns, epochs=1, verbose=0)
