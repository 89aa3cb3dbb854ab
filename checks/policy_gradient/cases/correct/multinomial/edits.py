"""np.random.multinomial one-hot argmax."""


# %% replace select_action_solution
def select_action(model, observation):
    p = model.predict_on_batch(np.expand_dims(observation, 0)).astype("float64").squeeze()
    return int(np.random.multinomial(1, p / p.sum()).argmax())
