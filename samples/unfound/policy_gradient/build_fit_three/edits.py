"""A model whose fit runs three epochs with more than 128 samples. Loses: build_model."""


# %% replace build_model_solution
class Pong(Model):
    def fit(self, x, y, sample_weight=None, epochs=1, **more):
        return super().fit(
            x, y, sample_weight=sample_weight, epochs=3 if len(x) > 128 else 1, **more
        )


def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    dense = Dense(128, activation="relu")(Flatten()(conv2))
    return Pong(observation, Dense(6, activation="softmax")(dense), name="pong")
