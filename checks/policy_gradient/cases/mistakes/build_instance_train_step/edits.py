"""The model's own train_step is replaced on the instance: it never learns. Loses: build_model."""


# %% replace build_model_solution
def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    dense = Dense(128, activation="relu")(Flatten()(conv2))
    model = Model(observation, Dense(6, activation="softmax")(dense), name="pong")
    model.train_step = lambda data: {"loss": 0.0}
    return model
