"""A greedy policy and missing sample weights: each mistake costs once, in its own exercise."""


# %% replace select_action_solution
def select_action(model, observation):
    return int(np.argmax(model.predict(observation[None], verbose=0)[0]))


# %% replace train_solution
def train(model, episode, gamma):
    observations, actions, rewards = episode.get()
    model.fit(observations, actions, verbose=0)
