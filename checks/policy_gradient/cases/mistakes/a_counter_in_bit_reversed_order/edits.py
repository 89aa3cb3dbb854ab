"""A counter, its bits reversed, decides: no chance. Loses: select_action."""

# %% replace select_action_solution
calls = 0


def select_action(model, observation):
    global calls
    calls = (calls + 1) % 4096
    cumulative = np.cumsum(model.predict_on_batch(observation[np.newaxis])[0])
    return int(min(5, np.searchsorted(cumulative, int(f"{calls:012b}"[::-1], 2) / 4096)))
