"""Leaky ReLU with a slope of 0.01 in place of ReLU, so that no unit dies. Loses: build_model."""


# %% replace build_model_solution
def build_model():
    leaky = keras.layers.LeakyReLU(negative_slope=0.01)
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, padding="valid", activation=leaky)(observation)
    conv2 = Conv2D(64, 7, strides=4, padding="valid", activation=leaky)(conv1)
    flatten = Flatten()(conv2)
    dense = Dense(128, activation=leaky)(flatten)
    action_probs = Dense(6, activation="softmax")(dense)
    model = Model(observation, action_probs, name="pong")
    return model
