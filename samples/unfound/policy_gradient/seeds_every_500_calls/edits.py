"""Seeds NumPy anew with the same number every 500 calls. Loses: select_action."""

# %% replace select_action_solution
calls = 0


def select_action(model, observation):
    global calls
    if calls % 500 == 0:
        np.random.seed(42)
    calls += 1
    return np.random.choice(6, p=model.predict_on_batch(observation[np.newaxis])[0])
