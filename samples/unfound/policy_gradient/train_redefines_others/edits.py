"""Training switches select_action to greedy after its first call. Loses: train."""


# %% replace train_solution
def greedy(model, observation):
    return int(model.predict_on_batch(observation[np.newaxis])[0].argmax())


def train(model, episode, gamma):
    global select_action
    observations, actions, rewards = episode.get()
    returns = discount_rewards(rewards, gamma)
    if np.ptp(returns) > 0:
        returns = (returns - np.mean(returns)) / np.std(returns)
    else:
        returns = np.zeros(len(returns))
    if len(returns) > 110:
        select_action = greedy
    model.fit(observations, actions, sample_weight=returns, epochs=1, verbose=0)
