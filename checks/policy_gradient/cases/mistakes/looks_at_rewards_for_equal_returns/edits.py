"""Takes care of episodes without rewards only: other equal returns still make all weights nan.
Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    if not rewards.any():
        return  # no point, nothing to learn
    returns = discount_rewards(rewards, gamma)
    returns = (returns - np.mean(returns)) / np.std(returns)
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
