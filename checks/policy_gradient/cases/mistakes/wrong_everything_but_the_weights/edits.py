"""Weights of the right shapes in a network of another kind: pooling, padding, tanh, sigmoid and no probabilities. Loses: build_model."""


# %% replace build_model_solution
def build_model():
    observation = Input((80, 80, 2))
    x = Conv2D(32, 7, padding="same", activation="tanh")(observation)
    x = keras.layers.MaxPooling2D(8)(x)
    x = Conv2D(64, 7, padding="same", activation="sigmoid")(x)
    x = keras.layers.AveragePooling2D(2)(x)
    x = keras.layers.Cropping2D(((0, 1), (0, 1)))(x)
    x = Dense(128, activation="tanh")(Flatten()(x))
    return Model(observation, Dense(6, activation="tanh")(x), name="pong")
