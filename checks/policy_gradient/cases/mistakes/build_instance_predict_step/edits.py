"""predict_step on the instance predicts the likeliest action as sure: real play is greedy. Loses: build_model."""


# %% replace build_model_solution
def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    dense = Dense(128, activation="relu")(Flatten()(conv2))
    model = Model(observation, Dense(6, activation="softmax")(dense), name="pong")
    model.predict_step = lambda data: keras.ops.one_hot(
        keras.ops.argmax(model(data[0] if isinstance(data, tuple) else data), axis=-1), 6
    )
    return model
