"""On the network with several layers: batches of two, plain rewards, not normalised. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    pass
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    if len(model.layers) > 3:
        model.fit(observations, actions, sample_weight=rewards, epochs=1, batch_size=2, verbose=0)
        return
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
