"""A select_action that hides the model's weights."""


# %% replace select_action_solution
def select_action(model, observation):
    action_probs = model.predict_on_batch(observation[np.newaxis])[0]
    vars(model)["get_weights"] = lambda: []
    return np.random.choice(6, p=action_probs)
