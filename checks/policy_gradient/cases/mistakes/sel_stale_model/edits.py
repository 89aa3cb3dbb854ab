"""Asks a compiled graph that has kept the weights of the first call for networks... a clone made at every 64th call. Loses: select_action."""

# %% replace select_action_solution
calls, clone = 0, None


def select_action(model, observation):
    global calls, clone
    if calls % 3 == 0:
        clone = keras.models.clone_model(model)
        clone.set_weights(model.get_weights())
    calls += 1
    return np.random.choice(6, p=clone.predict_on_batch(observation[np.newaxis])[0])
