"""Draws from the prediction for the observation before. Loses: select_action."""

# %% replace select_action_solution
last = None


def select_action(model, observation):
    global last
    probs = model.predict_on_batch(observation[np.newaxis])[0]
    used = probs if last is None else last
    last = probs
    return np.random.choice(6, p=used)
