"""Compiles the model before it asks it, in the belief that this is needed: Adam forgets its
moments with every action.

Loses: select_action.
"""


# %% replace select_action_solution
def select_action(model, observation):
    model.compile(loss="categorical_crossentropy", optimizer=Adam(3e-5))
    action_probs = model.predict_on_batch(observation[np.newaxis])[0]
    action = np.random.choice(6, p=action_probs)
    return action
