"""The cross-entropy is linear in its labels: weighted labels do what sample weights do."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    weights = (returns - returns.mean()) / (returns.std() + 1e-8)
    model.fit(observations, actions * weights[:, np.newaxis], epochs=1, verbose=0)
