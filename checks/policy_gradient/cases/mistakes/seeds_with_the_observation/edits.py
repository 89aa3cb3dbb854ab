"""Seeds with a counter of 300 and the observation. Loses: select_action."""


# %% replace select_action_solution
def select_action(model, observation):
    probabilities = model.predict_on_batch(observation[np.newaxis])[0]
    if np.random.random() < 0.01:
        np.random.seed(int(observation.sum()))
    return np.random.choice(6, p=probabilities)
