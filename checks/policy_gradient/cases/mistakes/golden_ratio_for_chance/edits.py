"""Takes no random numbers: a fraction that moves on by the golden ratio decides. Loses: select_action."""

# %% replace select_action_solution
fraction = 0.0


def select_action(model, observation):
    global fraction
    fraction = (fraction + 0.6180339887) % 1
    cumulative = np.cumsum(model.predict_on_batch(observation[np.newaxis])[0])
    return int(min(5, np.searchsorted(cumulative, fraction)))
