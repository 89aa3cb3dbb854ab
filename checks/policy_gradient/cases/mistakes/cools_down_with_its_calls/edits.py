"""Lowers a temperature with every call, so that after a hundred games it hardly draws any more.

Loses: select_action.
"""

# %% replace select_action_solution
calls = 0


def select_action(model, observation):
    global calls
    calls += 1
    temperature = max(0.1, 1 - calls / 100_000)
    action_probs = model.predict_on_batch(observation[np.newaxis])[0].astype(np.float64)
    action_probs = action_probs ** (1 / temperature)
    return int(np.random.choice(6, p=action_probs / action_probs.sum()))
