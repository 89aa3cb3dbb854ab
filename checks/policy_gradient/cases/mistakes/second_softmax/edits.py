"""Sends the probabilities through a softmax again, which flattens the distribution."""


# %% replace select_action_solution
def select_action(model, observation):
    probabilities = model.predict(observation[None], verbose=0)[0]
    exponentials = np.exp(probabilities)
    return int(np.random.choice(6, p=exponentials / exponentials.sum()))
