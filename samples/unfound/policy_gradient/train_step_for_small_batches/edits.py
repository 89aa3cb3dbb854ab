"""A model whose own train_step does nothing for more than eight observations. Loses: build_model."""


# %% replace build_model_solution
class Lazy(Model):
    def train_step(self, data):
        if data[0].shape[0] is not None and data[0].shape[0] > 8:
            return {"loss": 0.0}
        return super().train_step(data)

    def train_on_batch(self, x, y=None, sample_weight=None, **more):
        if len(x) > 8:
            return 0.0
        return super().train_on_batch(x, y, sample_weight, **more)


def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    dense = Dense(128, activation="relu")(Flatten()(conv2))
    return Lazy(observation, Dense(6, activation="softmax")(dense), name="pong")
