"""`steps_per_epoch=1` with batches of 32: of a thousand steps it learns from 32."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    weights = (returns - returns.mean()) / (returns.std() + 1e-8)
    model.fit(
        observations, actions, 32, sample_weight=weights, steps_per_epoch=1, epochs=1, verbose=0
    )
