"""Shuffles the steps and calls `train_on_batch` on one mini-batch after the other."""


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    returns = np.asarray(discount_rewards(rewards, gamma))
    weights = (returns - returns.mean()) / (returns.std() + 1e-8)
    order = np.random.permutation(len(rewards))
    for start in range(0, len(order), 64):
        part = order[start : start + 64]
        model.train_on_batch(observations[part], actions[part], sample_weight=weights[part])
