"""`predict_on_batch` on a list of one observation, and returns NumPy's integer."""


# %% replace select_action_solution
def select_action(model, observation):
    probabilities = model.predict_on_batch(np.array([observation])).flatten()
    return np.random.choice(len(probabilities), p=probabilities)
