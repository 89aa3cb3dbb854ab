"""Explores in its first 10000 calls, then plays the most probable action. Loses: select_action."""

# %% replace select_action_solution
calls = 0


def select_action(model, observation):
    global calls
    calls += 1
    probabilities = model.predict_on_batch(observation[np.newaxis])[0]
    if calls > 10000:
        return int(np.argmax(probabilities))
    return np.random.choice(6, p=probabilities)
