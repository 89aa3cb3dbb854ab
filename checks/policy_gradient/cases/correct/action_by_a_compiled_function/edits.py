"""Wraps the model's call in tf.function, once for each model."""

# %% after imports
import functools

import tensorflow as tf


@functools.lru_cache
def quick(model):
    return tf.function(lambda batch: model(batch, training=False))


# %% replace select_action_solution
def select_action(model, observation):
    probabilities = quick(model)(tf.constant(observation[np.newaxis], tf.float32)).numpy()[0]
    return np.random.choice(probabilities.size, p=probabilities / probabilities.sum())
