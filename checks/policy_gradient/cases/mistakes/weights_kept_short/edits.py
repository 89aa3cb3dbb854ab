"""A constraint on the dense layer, against weights that explode: every training step cuts the
weights of each unit down to length 1.

Loses: build_model.
"""


# %% replace build_model_solution
def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    flatten = Flatten()(conv2)
    short = keras.constraints.MaxNorm(1.0)
    dense = Dense(128, activation="relu", kernel_constraint=short)(flatten)
    action_probs = Dense(6, activation="softmax")(dense)
    model = Model(observation, action_probs, name="pong")
    return model
