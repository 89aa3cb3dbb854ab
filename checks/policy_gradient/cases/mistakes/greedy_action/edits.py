"""Takes the most probable action, as a value-based agent does, and never explores."""


# %% replace select_action_solution
def select_action(model, observation):
    probabilities = model.predict(observation[None], verbose=0)[0]
    return int(np.argmax(probabilities))
