"""Divides the observation by 255, a habit from photographs: its pixels are 0 and 1 already.

Loses: build_model.
"""


# %% replace build_model_solution
def build_model():
    observation = Input((80, 80, 2))
    scaled = keras.layers.Rescaling(1 / 255)(observation)
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(scaled)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    flatten = Flatten()(conv2)
    dense = Dense(128, activation="relu")(flatten)
    action_probs = Dense(6, activation="softmax")(dense)
    model = Model(observation, action_probs, name="pong")
    return model
