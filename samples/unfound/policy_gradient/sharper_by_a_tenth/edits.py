"""Probabilities to the power of 1.1. Loses: select_action."""


# %% replace select_action_solution
def select_action(model, observation):
    probabilities = model.predict_on_batch(observation[np.newaxis])[0] ** 1.1
    return np.random.choice(6, p=probabilities / probabilities.sum())
