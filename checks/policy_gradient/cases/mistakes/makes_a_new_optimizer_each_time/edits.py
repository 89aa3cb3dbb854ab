"""Compiles with a copy of the optimizer in each call: Adam begins anew with every episode. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    # the policy is another one now: the old momentum does not fit any more
    optimizer = model.optimizer.__class__.from_config(model.optimizer.get_config())
    model.compile(loss=model.loss, optimizer=optimizer)
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
