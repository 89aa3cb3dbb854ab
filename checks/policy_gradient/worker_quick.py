"""Keras as it is, in fewer operations: a worker takes a few steps of training and ends.

Keras sets up a pipeline for each call of fit (70 milliseconds), traces a graph for a model's first step
(half a second), and takes some 15 operations for each variable that Adam updates. For few steps on
plain arrays all of that costs more than the computing. What is computed stays the same.
"""

from __future__ import annotations

import sys
import typing
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras.src.trainers.data_adapters import array_slicing
from keras.src.trainers.data_adapters.array_data_adapter import ArrayDataAdapter

if sys.version_info < (3, 12):
    # From 3.12 on, Python remembers which attributes a protocol has. Before that, TensorFlow's question
    # whether an array is a tensor, which Keras asks at every turn, took a thirtieth of a worker's time.
    typing._get_protocol_attrs = cache(typing._get_protocol_attrs)  # type: ignore[attr-defined]

# To optimise a graph costs more than it saves where it runs ten times. Nothing is computed for that here: the
# warm parent must not, since a fork would wait for the threads that it had.
tf.config.optimizer.set_experimental_options({"disable_meta_optimizer": True})

SHAPE = (80, 80, 2)
_PLAIN_FIT = {"batch_size", "epochs", "verbose", "sample_weight", "shuffle"}
_CROSS_ENTROPIES = ("categorical_crossentropy", keras.losses.categorical_crossentropy)
_PREDICTS = ("predict_on_batch", "predict_step", "make_predict_function")
_TRAINS = ("fit", "train_on_batch", "train_step", "compute_loss", "make_train_function")
_KERAS = {name: getattr(keras.Model, name) for name in (*_PREDICTS, *_TRAINS)}
_adam_step = keras.optimizers.Adam.update_step


def _quick_adam_step(self: Any, gradient: Any, variable: Any, learning_rate: Any) -> None:
    """Update a variable as keras.optimizers.Adam does, by TensorFlow's one operation for it."""
    plain = isinstance(gradient, tf.Tensor) and variable.dtype == tf.float32 and not self.amsgrad
    if not plain:
        _adam_step(self, gradient, variable, learning_rate)
        return
    place = self._get_variable_index(variable)
    if tf.executing_eagerly():  # three operations fewer for each variable
        steps = float(self.iterations.numpy()) + 1
        first, second = self.beta_1**steps, self.beta_2**steps
    else:
        steps = tf.cast(self.iterations.value + 1, tf.float32)
        first, second = tf.pow(self.beta_1, steps), tf.pow(self.beta_2, steps)
    tf.raw_ops.ResourceApplyAdam(
        var=variable.handle,
        m=self._momentums[place].value.handle,
        v=self._velocities[place].value.handle,
        beta1_power=first,
        beta2_power=second,
        lr=tf.cast(learning_rate, tf.float32),
        beta1=self.beta_1,
        beta2=self.beta_2,
        epsilon=self.epsilon,
        grad=tf.cast(gradient, tf.float32),
    )


keras.optimizers.Adam.update_step = _quick_adam_step
_update = keras.optimizers.Optimizer._backend_update_step


def _quick_update(self: Any, gradients: Any, variables: Any, learning_rate: Any) -> None:
    """Update one variable after the other, as an optimizer does, without asking on how many machines."""
    if tf.distribute.has_strategy() or any(each is None for each in gradients):
        _update(self, gradients, variables, learning_rate)
        return
    for gradient, variable in zip(gradients, variables, strict=True):
        of_keras = isinstance(variable, keras.Variable)
        self.update_step(gradient, variable.value if of_keras else variable, learning_rate)


keras.optimizers.Optimizer._backend_update_step = _quick_update


_dataset = ArrayDataAdapter.get_tf_dataset


def _quick_dataset(self: Any) -> Any:
    """Return the batches of plain arrays in their order, without the three graphs that Keras traces for them.

    `predict` with a callback, or of a model around ours, comes here for each of thousands of draws.
    """
    inputs = self._inputs if type(self._inputs) is tuple else (self._inputs,)
    if self._shuffle or any(type(each) is not np.ndarray for each in inputs):
        return _dataset(self)
    as_keras_has_them = array_slicing.convert_to_sliceable(self._inputs, "tensorflow")
    if self._num_samples <= self._batch_size:
        return tf.data.Dataset.from_tensors(as_keras_has_them)
    return tf.data.Dataset.from_tensor_slices(as_keras_has_them).batch(self._batch_size)


ArrayDataAdapter.get_tf_dataset = _quick_dataset


def untouched(names: tuple[str, ...]) -> bool:
    """Tell whether these methods of all models are those that Keras has."""
    return all(getattr(keras.Model, name) is _KERAS[name] for name in names)


def as_keras(model: Any, names: tuple[str, ...]) -> bool:
    """Tell whether these methods of a model are Keras's, or stand-ins of ours for them.

    A notebook may put others into the model's class, into Keras itself, or into the model alone.
    """
    own, ours = vars(model), vars(model).get("_quick", {})
    return untouched(names) and all(
        getattr(type(model), name) is _KERAS[name] and own.get(name) is ours.get(name)
        for name in names
    )


def quick_fit(
    model: Any, fit: Callable[..., Any], x: Any, y: Any = None, *args: Any, **kwargs: Any
) -> Any:
    """Train as Keras's `fit` does; where plain arrays are all that it is given, batch by batch."""
    size, epochs = kwargs.get("batch_size") or 32, kwargs.get("epochs", 1)
    arrays = [each for each in (x, y, kwargs.get("sample_weight")) if each is not None]
    plain = not args and kwargs.keys() <= _PLAIN_FIT and type(size) is type(epochs) is int
    if not plain or any(type(a) is not np.ndarray or len(a) != len(x) for a in arrays):
        return fit(x, y, *args, **kwargs)
    history = keras.callbacks.History()
    history.set_model(model)
    history.on_train_begin()
    for epoch in range(epochs):
        shuffled = kwargs.get("shuffle", True)
        order = np.random.permutation(len(x)) if shuffled else np.arange(len(x))
        parts = [order[start : start + size] for start in range(0, len(x), size)]
        said = [model.train_on_batch(*(each[part] for each in arrays)) for part in parts]
        losses = [np.ravel(each)[0] for each in said]  # metrics may stand behind it
        history.on_epoch_end(epoch, {"loss": np.average(losses, weights=[*map(len, parts)])})
    model.optimizer.finalize_variable_values(model.trainable_variables)
    return history


def predict(model: Any, observations: Any) -> Any:
    """Return what predict_on_batch does; where its class leaves that to Keras, traced once for any batch."""
    untraced = vars(model).get("predict_function") is None and not model.run_eagerly
    if untraced and as_keras(model, _PREDICTS):
        shape = tf.TensorSpec((None, *SHAPE), tf.float32)
        traced = tf.function(lambda x: model(x, training=False), [shape], autograph=False)
        model.make_predict_function()
        slow = model.predict_function

        def quick(data: Any) -> Any:
            plain = type(data) is list and len(data) == 1 and type(data[0][0]) is np.ndarray
            return traced(np.asarray(data[0][0], np.float32)) if plain else slow(data)

        model.predict_function = vars(model)["_predict"] = quick
        vars(model)["_made_as"] = made_as(model)
    return model.predict_on_batch(observations)


def quicken(model: Any) -> None:
    """Have a compiled model train quickly, where it leaves to Keras how it trains."""
    own = vars(model)
    for name, function in own.pop("_quick", {}).items():
        if own.get(name) is function:
            del own[name]
    if not as_keras(model, _TRAINS):
        return
    # Compiling forgets how to predict, which has not changed: tracing that again would cost most of it.
    same = as_keras(model, _PREDICTS) and own.get("_made_as") == made_as(model)
    if same and model.predict_function is None:
        model.predict_function = own.get("_predict")
    own["_quick"] = {"fit": partial(_fit, model, model.fit)}
    if not model.run_eagerly:
        own["_quick"]["train_on_batch"] = partial(_quick_step, model, model.train_on_batch)
    own.update(own["_quick"])


def _fit(model: Any, fit: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Train quickly, unless somebody has meanwhile changed how the model trains."""
    if not as_keras(model, _TRAINS) or vars(model).get("train_function") is not None:
        return fit(*args, **kwargs)
    return quick_fit(model, fit, *args, **kwargs)


def made_as(model: Any) -> Any:
    """Return what tells whether somebody has changed what a model's layers compute."""
    return tuple(id(getattr(layer, "activation", None)) for layer in model.layers)


def _quick_step(
    model: Any, slow: Callable[..., Any], x: Any, y: Any = None, *args: Any, **kwargs: Any
) -> Any:
    """Take a step as train_on_batch does; return the loss before it."""
    plain = len(args) <= 1 and kwargs.keys() <= {"sample_weight"} and as_keras(model, _TRAINS)
    weight = args[0] if args else kwargs.get("sample_weight")
    if not plain or any(type(each) is not np.ndarray for each in (x, y)):
        return slow(x, y, *args, **kwargs)
    weight = np.ones(len(x)) if weight is None else weight
    vars(model)["_samples"] = samples(model) + len(x)
    loss, gradients = _slopes(model)(*(np.asarray(each, np.float32) for each in (x, y, weight)))
    if getattr(model.loss, "reduction", "") == "sum" and _is_usual(model):
        loss, gradients = loss * len(x), [each * len(x) for each in gradients]
    model.optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
    return float(loss)


def samples(model: Any) -> int:
    """Return from how many samples a model has learned here, as far as that is known: 0 if not at all."""
    return int(vars(model).get("_samples", 0))


def _is_usual(model: Any) -> bool:
    """Tell whether the loss is the cross-entropy and nothing else, be it the mean over a batch or the sum."""
    if type(model).compute_loss is not keras.Model.compute_loss:
        return False
    loss: Any = model.loss if model.compiled else _CROSS_ENTROPIES[0]
    if type(loss) is not keras.losses.CategoricalCrossentropy:
        return loss in _CROSS_ENTROPIES
    as_given = type(loss)(name=loss.name, reduction=loss.reduction)
    sums = loss.reduction in ("sum", "sum_over_batch_size")
    return sums and loss.get_config() == as_given.get_config()


def _slopes(model: Any) -> Any:
    """Return a function that computes the compiled loss and its gradient.

    It is traced once, not for each shape and, as long as the loss is the usual one, not for each optimizer.
    Keras traces a whole step, with the optimizer in it, which takes several times as long.
    """
    usual = _is_usual(model)
    learns = tuple(map(id, model.trainable_variables))
    wanted = learns, usual or model.optimizer, made_as(model)
    known, traced = vars(model).get("_slopes", (None, None))
    if known != wanted:

        def slopes(x: Any, y: Any, weight: Any) -> Any:
            with tf.GradientTape() as tape:
                predicted = model(x, training=True)
                if usual:
                    crossed = keras.losses.categorical_crossentropy(y, predicted)
                    weighted = tf.cast(weight, crossed.dtype) * crossed
                    loss = tf.reduce_mean(weighted) + sum(model.losses)
                else:
                    loss = model.compute_loss(x, y, predicted, weight, training=True)
            return loss, tape.gradient(loss, [each.value for each in model.trainable_variables])

        shapes = [(None, *SHAPE), (None, 6), (None,)]
        signature = [tf.TensorSpec(shape, tf.float32) for shape in shapes]
        traced = tf.function(slopes, signature, autograph=False)
        vars(model)["_slopes"] = wanted, traced
    return traced


_Step = Callable[..., Any]
_references: dict[int, tuple[Any, _Step, list[Any]]] = {}


def _reference(model: Any) -> tuple[Any, _Step, list[Any]]:
    """Return a model, a function that takes a step of Adam, and that Adam's moments; traced once."""
    if id(model) not in _references:
        learns = [each.value for each in model.trainable_variables]
        moments = [tf.Variable(tf.zeros_like(each)) for each in (*learns, *learns)]
        slopes = _slopes(model)

        def step(x: Any, y: Any, weight: Any, rate: Any, number: Any) -> None:
            _, gradients = slopes(x, y, weight)
            places = zip(learns, moments, moments[len(learns) :], gradients, strict=False)
            for variable, first, second, gradient in places:
                tf.raw_ops.ResourceApplyAdam(
                    var=variable.handle, m=first.handle, v=second.handle,
                    beta1_power=tf.pow(0.9, number), beta2_power=tf.pow(0.999, number), lr=rate,
                    beta1=0.9, beta2=0.999, epsilon=1e-7, grad=gradient,
                )  # fmt: skip

        numbers = [tf.TensorSpec((), tf.float32)] * 2
        traced = tf.function(step, [*slopes.input_signature, *numbers], autograph=False)
        _references[id(model)] = model, traced, moments
    return _references[id(model)]


def restart(model: Any) -> None:
    """Have `follow` begin anew."""
    for moment in _reference(model)[2]:
        moment.assign(tf.zeros_like(moment))
    vars(model)["_steps"] = 0


def follow(model: Any, observations: Any, actions: Any, weights: Any, rate: float) -> list[Any]:
    """Have a model learn what one epoch of one batch and Adam teach it; return its weights then."""
    vars(model)["_steps"] += 1
    arrays = [np.asarray(each, np.float32) for each in (observations, actions, weights)]
    _reference(model)[1](*arrays, np.float32(rate), np.float32(vars(model)["_steps"]))
    return model.get_weights()  # type: ignore[no-any-return]


def descend(model: Any, observations: Any, targets: Any, weights: Any, rate: float) -> list[Any]:
    """Take one step down the gradient of the mean weighted cross-entropy; return the weights then."""
    arrays = (np.asarray(each, np.float32) for each in (observations, targets, weights))
    _, gradients = _slopes(model)(*arrays)
    for variable, gradient in zip(model.trainable_variables, gradients, strict=True):
        variable.value.assign_sub(rate * gradient)
    return model.get_weights()  # type: ignore[no-any-return]
