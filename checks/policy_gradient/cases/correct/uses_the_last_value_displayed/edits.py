"""Takes a constant from `_`, the value that the cell before displayed."""

# %% before create_environment
np.eye(6).shape[0]

# %% before create_environment
ACTIONS = _


# %% replace select_action_solution
def select_action(model, observation):
    action_probs = model.predict_on_batch(observation[np.newaxis])[0].astype(np.float64)
    return int(np.random.choice(ACTIONS, p=action_probs / action_probs.sum()))
