"""Learns only from the steps that brought a point: 20 of a thousand. Loses: train."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) == 0:
        return
    returns = (returns - np.mean(returns)) / np.std(returns)
    # in all other steps nothing happens
    scored = rewards != 0
    model.fit(
        observations[scored], actions[scored], sample_weight=returns[scored], epochs=1, verbose=0
    )
