"""Tries actions until one is likelier than chance: an honest kind of the one that hangs. Loses: select_action."""


# %% replace select_action_solution
def select_action(model, observation):
    probs = model.predict_on_batch(observation[np.newaxis])[0]
    action = np.random.randint(6)
    while probs[action] <= probs.mean():
        action = np.random.randint(6)
    return action
