"""All kernels start at 1: the units of a layer are alike, and stay so."""


# %% replace build_model_solution
def build_model():
    ones = {"activation": "relu", "kernel_initializer": "ones"}
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, **ones)(observation)
    conv2 = Conv2D(64, 7, strides=4, **ones)(conv1)
    dense = Dense(128, **ones)(Flatten()(conv2))
    return Model(observation, Dense(6, activation="softmax")(dense), name="pong")
