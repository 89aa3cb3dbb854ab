"""What the checker may ask about Keras models and episodes, one function per request.

Networks here are small on purpose: a check of `train` or `select_action` needs a model whose right
answer depends on the observation, not a large one.
"""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating[Any]]


class LinearPolicy(keras.Model):  # type: ignore[misc]
    """softmax(flatten(observation) @ weights + bias), whichever way a student calls a model.

    `predict`, `predict_on_batch` and the call itself skip TensorFlow: a check draws thousands of actions.
    `weights_` has shape (12800, 6), `bias` (6,).
    """

    def __init__(self, weights_: Floats, bias: Floats) -> None:
        super().__init__(name="pong")
        self._kernel_bias = (np.asarray(weights_, np.float32), np.asarray(bias, np.float32))

    def predict_on_batch(self, x: Any) -> Any:
        """Return the probabilities, float32 of shape (batch, 6), for observations (batch, 80, 80, 2)."""
        x = np.asarray(x, np.float32)
        if x.ndim != 4 or x.shape[1:] != (80, 80, 2):
            raise ValueError(
                f"expected observations of shape (batch, 80, 80, 2), got an array of shape {x.shape}"
            )
        kernel, bias = self._kernel_bias
        logits = x.reshape(len(x), -1) @ kernel + bias
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


def linear_model(weights: Floats, bias: Floats, learning_rate: float | None) -> Any:
    """Return a real Keras model of one dense softmax layer over the flattened observation.

    With a learning rate it is compiled with cross-entropy and plain gradient descent: one step then
    changes the weights by exactly the gradient, which shows factors that Adam would hide.
    """
    model = keras.Sequential(
        [
            keras.layers.Input((80, 80, 2)),
            keras.layers.Flatten(),
            keras.layers.Dense(6, activation="softmax"),
        ]
    )
    model.set_weights([weights, bias])
    if learning_rate is not None:
        model.compile(
            loss="categorical_crossentropy", optimizer=keras.optimizers.SGD(learning_rate)
        )
    return model


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


def episode_content(episode: Any) -> tuple[Any, Any, Any]:
    """Return what the episode's `get` returns."""
    observations, actions, rewards = episode.get()
    return observations, actions, rewards


def episode_score(episode: Any) -> Any:
    """Return the episode's score."""
    return episode.score
