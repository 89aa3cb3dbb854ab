"""The network as a keras.Sequential, named and initialised differently.

What counts is the function that it computes: full marks.
"""


# %% replace build_model_solution
def build_model():
    return keras.Sequential(
        [
            keras.layers.Input((80, 80, 2)),
            keras.layers.Conv2D(
                32, 7, strides=4, activation="relu", kernel_initializer="he_normal"
            ),
            keras.layers.Conv2D(
                64, 7, strides=4, activation="relu", kernel_initializer="he_normal"
            ),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(6, activation="softmax", name="policy"),
        ],
        name="my_player",
    )
