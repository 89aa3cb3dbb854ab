"""Samples without the probabilities: a random player."""


# %% replace select_action_solution
def select_action(model, observation):
    probabilities = model.predict(observation[None], verbose=0)[0]
    return int(np.random.choice(len(probabilities)))
