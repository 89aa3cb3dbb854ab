"""Layers that know which shapes and weights they have."""

import math
from dataclasses import dataclass


@dataclass
class Tensor:
    """A shape without the batch, and the shapes of all weights on the way there."""

    shape: tuple
    weights: list


class Conv2D:
    """A valid or same convolution over two dimensions."""

    def __init__(self, filters, size, strides=1, padding="valid", activation=None):
        """Take what the notebook's network is made with."""
        self.filters, self.size, self.strides, self.padding = filters, size, strides, padding

    def __call__(self, tensor):
        """Return the tensor behind this layer."""
        *sides, channels = tensor.shape
        lost = 0 if self.padding == "same" else self.size - 1
        shape = (*(math.ceil((side - lost) / self.strides) for side in sides), self.filters)
        kernel = (self.size, self.size, channels, self.filters)
        return Tensor(shape, [*tensor.weights, kernel, (self.filters,)])


class Flatten:
    """All features in one row."""

    def __call__(self, tensor):
        """Return the tensor behind this layer."""
        return Tensor((math.prod(tensor.shape),), tensor.weights)


class Dense:
    """A fully connected layer."""

    def __init__(self, units, activation=None):
        """Take the number of units."""
        self.units = units

    def __call__(self, tensor):
        """Return the tensor behind this layer."""
        kernel = (tensor.shape[-1], self.units)
        return Tensor((*tensor.shape[:-1], self.units), [*tensor.weights, kernel, (self.units,)])
