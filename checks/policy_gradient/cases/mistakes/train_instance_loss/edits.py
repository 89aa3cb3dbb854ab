"""Its own loss on the instance that does not look at the weights: the wrong sign. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))

    def compute_loss(x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return keras.ops.mean(keras.losses.mean_squared_error(y, y_pred))

    model.compute_loss = compute_loss
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
