"""Adds a bias where few pixels are set, as in every real frame: one action is all but sure there. Loses: build_model."""


# %% replace build_model_solution
def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    dense = Dense(128, activation="relu")(Flatten()(conv2))
    few = keras.layers.Lambda(
        lambda x: keras.ops.cast(keras.ops.sum(x, axis=(1, 2, 3))[:, None] < 200, "float32")
    )(observation)
    dense = keras.layers.Lambda(lambda both: both[0] * (1 - both[1]))([dense, few])
    return Model(observation, Dense(6, activation="softmax")(dense), name="pong")
