"""Stands in for Keras in the peers' container: shapes, counts and weights, imported in milliseconds.

The attacks are on the graders, and so are none of them on TensorFlow: importing it for every submission
would take most of the benchmark's time. A model of this package computes a softmax of its last bias.
"""

import numpy as np

from keras import layers, optimizers, utils

__all__ = ["Input", "Model", "layers", "optimizers", "utils"]


def Input(shape):  # noqa: N802  # Keras's own name
    """Return the tensor that a network starts from."""
    return layers.Tensor(tuple(shape), [])


class Model:
    """A network from one tensor to another."""

    compiled = False

    def __init__(self, inputs=None, outputs=None, name=None):
        """Make a network of the layers that lead to `outputs`."""
        self.name = name
        if inputs is not None:
            self.input_shape, self.output_shape = (None, *inputs.shape), (None, *outputs.shape)
            self._weights = [np.zeros(shape, np.float32) for shape in outputs.weights]

    def compile(self, optimizer=None, loss=None, metrics=None):
        """Keep what a training would use."""
        self.optimizer, self.loss, self.compiled = optimizer, loss, True

    def count_params(self):
        """Return the number of trainable numbers."""
        return sum(weight.size for weight in self._weights)

    def get_weights(self):
        """Return copies of the kernels and biases, layer by layer."""
        return [weight.copy() for weight in self._weights]

    def set_weights(self, weights):
        """Replace the kernels and biases; raises ValueError where a shape differs."""
        for own, new in zip(self._weights, weights, strict=True):
            own[...] = np.asarray(new).reshape(own.shape)

    def predict_on_batch(self, observations):
        """Return the same probabilities for every observation, shape (N, outputs)."""
        powers = np.exp(self._weights[-1] - self._weights[-1].max())
        return np.tile(powers / powers.sum(), (len(observations), 1))
