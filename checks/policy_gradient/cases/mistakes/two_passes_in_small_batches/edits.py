"""Goes over the episode twice, in batches of 8."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    weights = (returns - returns.mean()) / (returns.std() + 1e-8)
    for _ in range(2):
        model.fit(observations, actions, sample_weight=weights, batch_size=8, verbose=0)
