"""A model whose `predict_on_batch` raises all probabilities to 5 % at least, so that what plays
is not what is trained.

Loses: build_model.
"""


# %% replace build_model_solution
class PolicyNetwork(Model):
    def predict_on_batch(self, x):
        # never give an action up: the network might become sure too early
        probabilities = np.maximum(super().predict_on_batch(x), 0.05)
        return probabilities / probabilities.sum(axis=1, keepdims=True)


def build_model():
    observation = Input((80, 80, 2))
    conv1 = Conv2D(32, 7, strides=4, activation="relu")(observation)
    conv2 = Conv2D(64, 7, strides=4, activation="relu")(conv1)
    flatten = Flatten()(conv2)
    dense = Dense(128, activation="relu")(flatten)
    action_probs = Dense(6, activation="softmax")(dense)
    model = PolicyNetwork(observation, action_probs, name="pong")
    return model
