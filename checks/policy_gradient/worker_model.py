"""A real Keras model of one layer, quick enough for checks that draw from it thousands of times."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf
from tensorflow.python.eager.record import could_possibly_record
from tensorflow.python.framework.ops import uid

from checks.policy_gradient.worker_quick import SHAPE, quick_fit, untouched

Floats = npt.NDArray[np.floating[Any]]


_SOFTMAX = keras.activations.softmax


class SmallModel(keras.Model):  # type: ignore[misc]
    """A functional Keras model of one dense softmax layer over the flattened observation.

    Predictions for arrays, and the gradient for a batch of arrays, are computed with NumPy from the
    layer's own weights: checks draw thousands of actions. Every other call goes Keras's way.
    """

    def predict_on_batch(self, x: Any) -> Any:
        """Return the probabilities, float32 of shape (batch, 6)."""
        quick = self._probabilities(x)
        return super().predict_on_batch(x) if quick is None else quick

    def predict(self, x: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the probabilities for an array of observations, or for whatever else Keras takes."""
        given = (
            dict(zip(("batch_size", "verbose", "steps", "callbacks"), args, strict=False)) | kwargs
        )
        plain = given.get("steps") in (None, 1) and not given.get("callbacks")
        quick = self._probabilities(x) if plain else None
        return super().predict(x, *args, **kwargs) if quick is None else quick

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return the probabilities as a tensor, by Keras where a gradient may be asked for."""
        plain = len(args) == 1 and kwargs.keys() <= {"training"} and not could_possibly_record()
        quick = self._probabilities(args[0]) if plain else None
        if quick is None:
            return super().__call__(*args, **kwargs)
        answer, self.__dict__["_seen"] = tf.constant(quick), uid()  # see _kernel
        return answer

    def fit(self, x: Any = None, y: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Train as Keras does, without its pipeline."""
        return quick_fit(self, super().fit, x, y, *args, **kwargs)

    def train_on_batch(self, x: Any, y: Any = None, sample_weight: Any = None, **more: Any) -> Any:
        """Have the optimizer take one step; return the loss before it."""
        plain = not more and self.intact and type(x) is np.ndarray and x.shape[1:] == SHAPE
        weight = np.ones(len(x)) if plain and sample_weight is None else sample_weight
        if not plain or np.shape(y) != (len(x), 6) or np.shape(weight) != (len(x),):
            return super().train_on_batch(x, y, sample_weight, **more)
        flat = x.reshape(len(x), -1).astype(np.float32, copy=False)
        rows = np.flatnonzero(flat.any(axis=0))  # of the kernel: all others stay as they are
        flat, kernel = flat[:, rows], self.kernel_now()[rows]
        y, predicted = np.asarray(y), _softmax(flat @ kernel)
        share = np.asarray(weight)[:, np.newaxis] / (1 if self.loss.reduction == "sum" else len(x))
        # As Keras has it, which takes for granted that labels sum to 1.
        slopes = (share * (predicted - y)).astype(np.float32)
        if type(self.optimizer) is keras.optimizers.SGD:  # as `apply` does, in a tenth of its time
            step = np.float32(self.optimizer.learning_rate) * (flat.T @ slopes)
            tf.raw_ops.ResourceScatterSub(
                resource=self.weights[0].value.handle, indices=rows, updates=step
            )
            self.optimizer.iterations.assign_add(1)
        else:
            gradient = np.zeros((x[0].size, 6), np.float32)
            gradient[rows] = flat.T @ slopes
            self.optimizer.apply_gradients([(tf.constant(gradient), *self.trainable_variables)])
        return float(np.sum(share * -y * np.log(np.maximum(predicted, 1e-7))))

    def nudge(self) -> None:
        """Change the weights of the first pixel, as if something had been learned."""
        more = np.full((1, 6), 1e-3, np.float32)
        tf.raw_ops.ResourceScatterAdd(
            resource=self.weights[0].value.handle, indices=[0], updates=more
        )

    @property
    def intact(self) -> bool:
        """Whether the model is compiled as `compiled` did it, and may learn."""
        optimizer, loss = vars(self).get("_ours", (None, None))
        ours = optimizer is getattr(self, "optimizer", None) is not None and loss is self.loss
        others = ("train_step", "compute_loss", "make_train_function", "train_function")
        kept = not any(vars(self).get(name) for name in others) and untouched(others[:3])
        return ours and kept and self.plain and len(self.trainable_variables) == 1

    @property
    def plain(self) -> bool:
        """Whether its layer is as new_model made it."""
        dense = vars(self).get("_dense")
        return dense is not None and dense.activation is _SOFTMAX and "call" not in vars(dense)

    def _probabilities(self, x: Any) -> Any:
        """Return the probabilities for plain observations; None for what Keras has to look at itself."""
        own = vars(self)
        if not self.plain or own.get("predict_step") or own.get("predict_function"):
            return None
        x = x[0] if type(x) in (list, tuple) and len(x) == 1 else x
        x = x.numpy() if isinstance(x, tf.Tensor) and hasattr(x, "numpy") else x
        if type(x) is not np.ndarray or x.shape[1:] != SHAPE or x.dtype.kind not in "fiub":
            return None
        rows, kernel = self._kernel()
        return _softmax(x.reshape(len(x), -1)[:, rows].astype(np.float32, copy=False) @ kernel)

    def kernel_now(self) -> Any:
        """Return the kernel (12800, 6), not to be written to; it is copied where something is assigned."""
        handle = self.weights[0].value.handle
        return np.asarray(memoryview(tf.raw_ops.ReadVariableOp(resource=handle, dtype=tf.float32)))

    def _kernel(self) -> tuple[Any, Any]:
        """Return which rows of the kernel are not 0, and these rows, as the layer has them now.

        TensorFlow numbers all tensors that Python sees: where none was made since the last look, nothing
        was computed that could be assigned. To read a variable copies nothing, and while somebody holds
        what was read, TensorFlow writes to another place: where the place is the same, so is the kernel.
        """
        known: dict[str, Any] = self.__dict__
        if known.get("_seen") != uid() - 1:
            handle = self.weights[0].value.handle
            read = tf.raw_ops.ReadVariableOp(resource=handle, dtype=tf.float32)
            kernel = np.asarray(memoryview(read))
            place = kernel.__array_interface__["data"][0]
            if known.get("_place") != place:
                rows = np.flatnonzero(kernel.any(axis=1))
                known |= {"_place": place, "_held": read, "_rows": (rows, kernel[rows])}
        known["_seen"] = uid()
        return known["_rows"]  # type: ignore[no-any-return]


def _softmax(logits: Floats) -> Floats:
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]


def new_model(weights: Floats) -> SmallModel:
    """Return a model, not compiled: softmax(flatten(observation) @ weights)."""
    observation = keras.Input(SHAPE, dtype="float32")  # whatever Keras's default is by now
    flat = keras.layers.Flatten(dtype="float32")(observation)
    dense = keras.layers.Dense(6, "softmax", use_bias=False, dtype="float32")
    model = SmallModel(observation, dense(flat), name="pong")
    model.__dict__.update(_dense=dense)
    model.set_weights([weights])
    return model


def compiled(model: Any, optimizer: Any, reduction: str = "sum_over_batch_size") -> Any:
    """Compile a model with the cross-entropy, without a graph: few steps are taken, tracing costs more."""
    loss = keras.losses.CategoricalCrossentropy(reduction=reduction)
    model.compile(loss=loss, optimizer=optimizer, run_eagerly=True)
    vars(model)["_ours"] = optimizer, loss
    return model


def compile_with(model: Any, loss: str, reduction: str, optimizer: str, rate: float) -> Any:
    """Compile a model, as a stand-in for compile_model; return it. The checker says with what."""
    named = {"class_name": optimizer, "config": {"learning_rate": rate}}
    chosen = keras.optimizers.get(named)
    if isinstance(model, SmallModel):
        return compiled(model, chosen, reduction)
    model.compile(loss=getattr(keras.losses, loss)(reduction=reduction), optimizer=chosen)
    return model


_models: dict[bool, SmallModel] = {}


def small_model(weights: Floats, taken: int, learning_rate: float | None = None) -> SmallModel:
    """Return a compiled model of these weights: always the same one, unless somebody has spoiled it.

    Its optimizer believes that it has `taken` so many steps. To build one costs more than most checks. With a
    learning rate it is another one, which sums up its loss over a batch and goes down the gradient: a sample
    then does the same in a batch of any size.
    """
    learns = learning_rate is not None
    if learns not in _models or not _models[learns].intact:
        how = (keras.optimizers.SGD(), "sum") if learns else (keras.optimizers.Adam(3e-5),)
        _models[learns] = compiled(new_model(weights), *how)
    model = _models[learns]
    model.set_weights([weights])
    model.optimizer.iterations.assign(taken)
    if learns:
        model.optimizer.learning_rate = learning_rate
    return model


keras.saving.get_custom_objects()["SmallModel"] = SmallModel  # to copy one, or load what was saved
