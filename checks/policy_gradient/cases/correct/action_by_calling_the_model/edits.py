"""Calls the model instead of `predict`, and draws from a generator of its own."""


# %% replace select_action_solution
def select_action(model, observation):
    probabilities = model(observation[np.newaxis])
    return int(np.random.default_rng().choice(6, p=np.array(probabilities)[0]))
