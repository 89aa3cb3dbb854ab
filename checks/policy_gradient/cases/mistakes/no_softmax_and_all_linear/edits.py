"""No activation anywhere, and no softmax. Loses: build_model."""


# %% replace build_model_solution
def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation=None)(observation)
    conv2 = Conv2D(64, 7, strides=4, activation=None)(conv1)
    flatten = Flatten()(conv2)
    dense = Dense(128, activation=None)(flatten)
    pass
    action_probs = Dense(6, activation=None)(dense)
    model = Model(observation, action_probs, name="pong")
    return model
