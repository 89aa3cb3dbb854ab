"""Builds the network once and returns the same one ever after: the untrained model of the
comparison is the trained one.

Loses: build_model.
"""

# %% replace build_model_solution
pong = None


def build_model():
    global pong
    if pong is not None:  # what was learned is not lost when the cells run again
        return pong
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    flatten = Flatten()(conv2)
    dense = Dense(128, activation="relu")(flatten)
    action_probs = Dense(6, activation="softmax")(dense)
    pong = Model(observation, action_probs, name="pong")
    return pong
