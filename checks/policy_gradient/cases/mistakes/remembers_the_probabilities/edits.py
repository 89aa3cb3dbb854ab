"""Keeps the prediction for each observation that it has met, and does not notice that the model
has learned since.

Loses: select_action.
"""

# %% replace select_action_solution
known = {}


def select_action(model, observation):
    key = hash(observation.tobytes())
    if key not in known:
        known[key] = model.predict_on_batch(observation[np.newaxis])[0]
    return np.random.choice(6, p=known[key])
