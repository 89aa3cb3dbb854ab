"""Takes `relu6` from a network for phones: the same as ReLU until a feature is larger than 6.

Loses: build_model.
"""


# %% replace build_model_solution
def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, padding="valid", activation="relu6")(observation)
    conv2 = Conv2D(64, 7, strides=4, padding="valid", activation="relu6")(conv1)
    flatten = Flatten()(conv2)
    dense = Dense(128, activation="relu6")(flatten)
    action_probs = Dense(6, activation="softmax")(dense)
    model = Model(observation, action_probs, name="pong")
    return model
