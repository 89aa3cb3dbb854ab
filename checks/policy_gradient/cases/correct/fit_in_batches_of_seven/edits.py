"""Batches of seven, in the order of the episode."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    weights = (returns - returns.mean()) / (returns.std() + 1e-8)
    model.fit(
        x=observations, y=actions, sample_weight=weights, batch_size=7, shuffle=False, verbose=0
    )
