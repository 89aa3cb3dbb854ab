"""Strides of 2 in the second convolution: a different output shape and many more weights."""


# %% replace build_model_solution
def build_model():
    observation = keras.layers.Input((80, 80, 2))
    conv1 = keras.layers.Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = keras.layers.Conv2D(64, 7, strides=2, activation="relu")(conv1)
    flat = keras.layers.Flatten()(conv2)
    dense = keras.layers.Dense(128, activation="relu")(flat)
    policy = keras.layers.Dense(6, activation="softmax")(dense)
    return keras.Model(observation, policy, name="pong")
