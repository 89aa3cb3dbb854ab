"""Grows a Sequential layer by layer with `input_shape` on the first one, as older tutorials do."""


# %% replace build_model_solution
def build_model():
    model = keras.Sequential(name="pong")
    model.add(keras.layers.Conv2D(32, (7, 7), (4, 4), activation="relu", input_shape=(80, 80, 2)))
    model.add(keras.layers.Conv2D(64, (7, 7), (4, 4), activation="relu"))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(128, activation="relu"))
    model.add(keras.layers.Dense(6, activation="softmax"))
    return model
