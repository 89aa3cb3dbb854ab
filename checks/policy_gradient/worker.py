"""What the checks ask of a worker about Keras models, episodes and environments.

The one file of these checks that student code's process loads: autograder/worker/extension.py says which
names count. Networks here are small on purpose: a check of `train` or `select_action` needs a model whose
right answer depends on the observation, not a large one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import gymnasium
import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

Floats = npt.NDArray[np.floating[Any]]


class LinearPolicy(keras.Model):  # type: ignore[misc]
    """softmax(flatten(observation) @ weights + bias), whichever way a student calls a model.

    `predict`, `predict_on_batch` and the call itself skip TensorFlow: a check draws thousands of actions.
    `weights_` has shape (12800, 6), `bias` (6,).
    """

    def __init__(self, weights_: Floats, bias: Floats) -> None:
        super().__init__(name="pong")
        self._rows = np.flatnonzero(np.any(weights_, axis=1))  # most weights may well be 0
        self._kernel = np.asarray(weights_, np.float32)[self._rows]
        self._bias = np.asarray(bias, np.float32)

    def predict_on_batch(self, x: Any) -> Any:
        """Return the probabilities, float32 of shape (batch, 6), for observations (batch, 80, 80, 2)."""
        x = np.asarray(x, np.float32)
        if x.ndim != 4 or x.shape[1:] != (80, 80, 2):
            raise ValueError(
                f"expected observations of shape (batch, 80, 80, 2), got an array of shape {x.shape}"
            )
        logits = x.reshape(len(x), -1)[:, self._rows] @ self._kernel + self._bias
        exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
        return exponentials / exponentials.sum(axis=1, keepdims=True)

    def predict(self, x: Any, *args: Any, **kwargs: Any) -> Any:
        """Return what `predict_on_batch` does."""
        return self.predict_on_batch(x)

    def __call__(self, x: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the probabilities as a tensor, as a call of a Keras model does."""
        import tensorflow as tf

        return tf.constant(self.predict_on_batch(x))


def policy(weights: Floats, bias: Floats) -> LinearPolicy:
    """Return a model that predicts softmax(flatten(observation) @ weights + bias)."""
    return LinearPolicy(weights, bias)


class LinearModel(keras.Sequential):  # type: ignore[misc]
    """A real Keras model of one dense softmax layer over the flattened observation.

    A plain `fit` of one or more epochs over arrays goes through `train_on_batch`: the same batches and
    the same steps, without the 70 milliseconds that Keras takes to set up its input pipeline.
    """

    def __init__(self, input_shape: tuple[int, ...] = (80, 80, 2)) -> None:
        super().__init__(
            [
                keras.layers.Input(input_shape),
                keras.layers.Flatten(),
                keras.layers.Dense(6, activation="softmax", kernel_initializer="zeros"),
            ]
        )
        self.run_eagerly = True  # tracing a graph would cost more than the few steps ever taken

    def fit(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: Any = "auto",
        sample_weight: Any = None,
        shuffle: bool = True,
        **others: Any,
    ) -> Any:
        """Train as Keras does, on arrays by hand, else by Keras itself."""
        arrays = (x, y) if sample_weight is None else (x, y, sample_weight)
        plain = all(isinstance(a, np.ndarray) and a.ndim and len(a) == len(x) > 0 for a in arrays)
        if others or not plain:
            others |= {"batch_size": batch_size, "epochs": epochs, "verbose": verbose}
            return super().fit(x, y, sample_weight=sample_weight, shuffle=shuffle, **others)
        history = keras.callbacks.History()
        for _ in range(epochs):
            order = np.random.permutation(len(x)) if shuffle else np.arange(len(x))
            for start in range(0, len(x), batch_size or 32):
                chosen = order[start : start + (batch_size or 32)]
                logs = self.train_on_batch(*(a[chosen] for a in arrays), return_dict=True)
            for name, value in logs.items():
                history.history.setdefault(name, []).append(float(value))
        return history


def linear_model(weights: Floats, bias: Floats, learning_rate: float | None) -> LinearModel:
    """Return a LinearModel with these weights: (12800, 6), or (n, 6) for inputs of n numbers, and (6,).

    With a learning rate it is compiled with cross-entropy and plain gradient descent: one step then
    changes the weights by exactly the gradient, which shows factors that Adam would hide.
    """
    if learning_rate is None:
        model = LinearModel((80, 80, 2) if len(weights) == 12800 else (len(weights),))
    else:
        model = _descending(learning_rate)
    model.set_weights([weights, bias])
    return model


def _descending(learning_rate: float) -> LinearModel:
    """Return the one model that is trained again and again: to build and compile a new one costs more."""
    model, optimizer = _model_and_optimizer()
    if (
        getattr(model, "optimizer", None) is not optimizer
    ):  # not yet compiled, or a student compiled it otherwise
        model.compile(loss="categorical_crossentropy", optimizer=optimizer, run_eagerly=True)
    optimizer.learning_rate = learning_rate
    return model


@cache
def _model_and_optimizer() -> tuple[LinearModel, Any]:
    return LinearModel(), keras.optimizers.SGD()


def weights(model: Any) -> list[Floats]:
    """Return the model's weights."""
    return [np.asarray(weight) for weight in model.get_weights()]


def set_weights(model: Any, values: list[Floats]) -> None:
    """Overwrite the model's weights."""
    model.set_weights(values)


def predict(model: Any, observations: Floats) -> Floats:
    """Return the model's output for a batch, without training behaviour such as dropout."""
    return np.asarray(model(observations, training=False))


def describe(model: Any) -> dict[str, Any]:
    """Return what the model says of itself: shapes, trainable weights, loss, optimizer, learning rate.

    Good for a helpful sentence, never for a verdict: it is the student's process that answers.
    """
    optimizer = getattr(model, "optimizer", None)
    loss = getattr(model, "loss", None)
    return {
        "input_shape": getattr(model, "input_shape", None),
        "output_shape": getattr(model, "output_shape", None),
        "trainable_weights": len(model.trainable_weights),
        "loss": None if loss is None else str(getattr(loss, "name", loss)),
        "optimizer": None if optimizer is None else type(optimizer).__name__,
        "learning_rate": None if optimizer is None else float(optimizer.learning_rate),
    }


def loss_value(model: Any, targets: Floats, predictions: Floats, sample_weight: Floats) -> float:
    """Return the compiled loss of predictions (n, 6) against targets (n, 6), weighted by (n,)."""
    value = model.compute_loss(
        x=None,
        y=keras.ops.convert_to_tensor(targets),
        y_pred=keras.ops.convert_to_tensor(predictions),
        sample_weight=keras.ops.convert_to_tensor(sample_weight),
    )
    return float(value)


def descend(model: Any, observations: Floats, targets: Floats, rate: float) -> list[Floats]:
    """Take one step down the gradient of the cross-entropy; return the weights then.

    The forward pass is that of training, and only weights that the model calls trainable move.
    """
    import tensorflow as tf

    with tf.GradientTape() as tape:
        predictions = model(observations, training=True)
        loss = tf.reduce_mean(keras.losses.categorical_crossentropy(targets, predictions))
    variables = [variable.value for variable in model.trainable_variables]
    for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
        if gradient is not None:
            variable.assign_sub(rate * gradient)
    return weights(model)


def optimizer_steps(model: Any, gradients: list[list[Floats]]) -> list[list[Floats]]:
    """Have the compiled optimizer apply one list of gradients after the other.

    Returns the weights after each step; the model has as many trainable weights as each list is long.
    """
    after = []
    for step in gradients:
        tensors = [keras.ops.convert_to_tensor(gradient) for gradient in step]
        model.optimizer.apply(tensors, model.trainable_variables)
        after.append(weights(model))
    return after


def episode(observations: Floats, actions: Floats, rewards: Floats) -> Any:
    """Return the course's Episode with these steps in it: (T, 80, 80, 2), (T, 6), (T,)."""
    from utils import Episode  # type: ignore[import-not-found]

    result = Episode(max(1, len(rewards)), (80, 80, 2), (6,))
    for observation, action, reward in zip(observations, actions, rewards, strict=True):
        result.append(observation, action, reward)
    return result


def episode_content(episode: Any) -> Any:
    """Return what the episode's `get` returns."""
    return episode.get()


def episode_score(episode: Any) -> Any:
    """Return the episode's score."""
    return episode.score


class RemoteEnv(gymnasium.Env[Any, Any]):
    """An environment that the checker plays; every call of `reset` and `step` is sent there."""

    metadata = {"render_modes": ["rgb_array"], "render_fps": 60}  # noqa: RUF012 - Gymnasium's form
    observation_space = gymnasium.spaces.Box(0, 1, (80, 80, 2), np.float32)
    action_space = gymnasium.spaces.Discrete(6)
    render_mode = "rgb_array"

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Any, dict[str, Any]]:
        """Start an episode; return (observation, info)."""
        observation, info = self._call("reset")
        return observation, info

    def step(self, action: Any) -> tuple[Any, float, bool, bool, dict[str, Any]]:
        """Play one action; return (observation, reward, terminated, truncated, info)."""
        observation, reward, terminated, truncated, info = self._call("step", action)
        return observation, reward, terminated, truncated, info

    def render(self) -> Any:
        """Return a black screen, (210, 160, 3) uint8: nobody watches during grading."""
        return np.zeros((210, 160, 3), np.uint8)


@cache
def seed(number: int) -> None:
    """Seed TensorFlow, which goes on where it is if it had this seed before.

    To set it again would throw away all that TensorFlow has prepared for the operations it knows, which
    costs a third of the time that checks take.
    """
    import tensorflow as tf

    tf.random.set_seed(number)


def plain(value: Any) -> Any:
    """Return a tensor as NumPy's array or scalar; anything else as it is."""
    is_tensor = type(value).__module__.startswith("tensorflow.") and hasattr(value, "numpy")
    return value.numpy() if is_tensor else value


def _is_episode(value: Any) -> bool:
    return callable(getattr(value, "get", None)) and hasattr(value, "score")


OPERATIONS = (
    policy,
    linear_model,
    weights,
    set_weights,
    predict,
    describe,
    loss_value,
    descend,
    optimizer_steps,
    episode,
    episode_content,
    episode_score,
)
KINDS = {"model": lambda value: isinstance(value, keras.Model), "episode": _is_episode}
MEMORY_ERRORS = (tf.errors.ResourceExhaustedError,)
HOSTED = {"env": RemoteEnv}
