"""Real network: batches of three, of which only the one with the best step counts. Loses: train."""


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
        best = np.argsort(-np.abs(returns))[:2]
        for step in best:
            model.fit(
                observations[[step]],
                actions[[step]],
                sample_weight=returns[[step]],
                epochs=1,
                verbose=0,
            )
        return
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
