"""Draws from the three most probable actions only."""


# %% replace select_action_solution
def select_action(model, observation):
    probabilities = model.predict_on_batch(observation[np.newaxis])[0].astype(np.float64)
    probabilities[np.argsort(probabilities)[:3]] = 0
    return int(np.random.choice(6, p=probabilities / probabilities.sum()))
