"""A penalty of one in a hundred thousand: too weak to be seen in one step, and not asked for."""


# %% replace build_model_solution
def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    flat = Flatten()(conv2)
    penalty = keras.regularizers.L1L2(1e-5, 1e-5)
    dense = Dense(128, activation="relu", activity_regularizer=penalty)(flat)
    return Model(observation, Dense(6, activation="softmax")(dense), name="pong")
