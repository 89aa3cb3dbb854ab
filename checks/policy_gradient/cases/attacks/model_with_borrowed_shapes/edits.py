"""A model that is none: it says that it is Keras's, names the right weights, and mixes its input at random.

Its numbers are probabilities, differ between observations and change with the weights that it is given,
which earns what any probabilities earn. That it has layers must not be believed.
"""

# %% replace build_model_solution
SHAPES = [(7, 7, 2, 32), (32,), (7, 7, 32, 64), (64,), (1024, 128), (128,), (128, 6), (6,)]


class Pretender:
    """Nothing of Keras but the class that it says it has."""

    __class__ = keras.Model
    input_shape, output_shape = (None, 80, 80, 2), (None, 6)
    name, optimizer, loss, trainable_variables = "pong", None, None, ()
    trainable_weights = SHAPES

    def __init__(self):
        rng = np.random.default_rng(0)
        self.mixer = rng.normal(0, 0.01, (12800, 6))
        self.weights = [rng.normal(0, 0.05, shape).astype(np.float32) for shape in SHAPES]

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights = weights

    def __call__(self, observations, training=False):
        logits = np.reshape(observations, (len(observations), -1)) @ self.mixer
        logits = logits * (1 + sum(np.abs(weight).mean() for weight in self.weights))
        exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
        return exponentials / exponentials.sum(axis=1, keepdims=True)

    predict = predict_on_batch = __call__


def build_model():
    return Pretender()
