"""Compares with the given `untrained_model` and `probabilities` while defining its own function."""

# %% before select_action_solution
NR_OF_ACTIONS = len(probabilities)
INPUT_SHAPE = untrained_model.input_shape[1:]


# %% replace select_action_solution
def select_action(model, observation):
    batch = np.reshape(observation, (1, *INPUT_SHAPE))
    action_probs = model.predict_on_batch(batch)[0].astype(np.float64)
    return int(np.random.choice(NR_OF_ACTIONS, p=action_probs / action_probs.sum()))
