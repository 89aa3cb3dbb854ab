"""Feeds the episode through tf.data."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    weights = (returns - returns.mean()) / (returns.std() + 1e-8)
    import tensorflow as tf

    steps = tf.data.Dataset.from_tensor_slices((observations, actions, weights))
    model.fit(steps.shuffle(len(weights)).batch(50), verbose=0)
