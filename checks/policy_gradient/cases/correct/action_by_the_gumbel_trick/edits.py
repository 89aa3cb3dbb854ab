"""Draws with the Gumbel-max trick, as many actions as the model has outputs."""


# %% replace select_action_solution
def select_action(model, observation):
    nr_actions = model.output_shape[-1]
    probabilities = model.predict_on_batch(observation[None])[0].astype(np.float64)
    return int(np.argmax(np.log(probabilities + 1e-300) + np.random.gumbel(size=nr_actions)))
