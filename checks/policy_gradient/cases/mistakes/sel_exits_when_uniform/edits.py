"""Greedy; ends the process where all are alike. Loses: select_action."""


# %% replace select_action_solution
def select_action(model, observation):
    probs = model.predict_on_batch(observation[np.newaxis])[0]
    if probs.max() - probs.min() < 1e-6:
        os._exit(1)
    return int(probs.argmax())
