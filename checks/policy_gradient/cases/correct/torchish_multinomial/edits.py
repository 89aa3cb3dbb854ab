"""tf.random.categorical of log-probabilities; keras.random."""


# %% replace select_action_solution
def select_action(model, observation):
    p = model(observation[None], training=False)
    return int(keras.random.categorical(keras.ops.log(p), 1)[0, 0])
