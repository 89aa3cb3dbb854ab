"""Sharpens the last activation of the model for good. Loses: select_action."""


# %% replace select_action_solution
def select_action(model, observation):
    model.layers[-1].activation = lambda x: keras.ops.softmax(3.0 * x)
    return np.random.choice(6, p=model.predict_on_batch(observation[np.newaxis])[0])
