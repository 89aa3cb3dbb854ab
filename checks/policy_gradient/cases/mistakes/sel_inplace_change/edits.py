"""Changes the observation in place after it was asked. Loses: select_action."""


# %% replace select_action_solution
def select_action(model, observation):
    action = np.random.choice(6, p=model.predict_on_batch(observation[np.newaxis])[0])
    observation *= 0.0
    return action
