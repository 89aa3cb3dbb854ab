"""Samples in TensorFlow, from the logarithms of the probabilities."""

# %% replace select_action_solution
import tensorflow as tf


def select_action(model, observation):
    probabilities = model(tf.convert_to_tensor(observation[None], tf.float32), training=False)
    action = tf.random.categorical(tf.math.log(probabilities), num_samples=1)
    return int(action[0, 0])
