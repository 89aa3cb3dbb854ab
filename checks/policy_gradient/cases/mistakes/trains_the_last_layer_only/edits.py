"""Freezes all layers but the last, as one does for a pretrained network. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    # train the head, keep the features
    for layer in model.layers[:-1]:
        layer.trainable = False
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
