"""No softmax; and frozen convolutions, dropout, no ReLU, a stride as it comes. Loses: build_model."""


# %% replace build_model_solution
def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    flatten = Flatten()(conv2)
    dense = Dense(128, activation="relu")(flatten)
    dense = keras.layers.Dropout(0.5)(dense)
    action_probs = Dense(6, activation="sigmoid")(dense)
    model = Model(observation, action_probs, name="pong")
    for layer in model.layers[:3]:
        layer.trainable = False
    return model
