"""Asks NumPy and TensorFlow for more memory than any machine has, then for all that there is, and keeps it.

What asks for too much gets an error or ends; either costs this exercise alone.
"""

# %% replace compile_model_solution
import tensorflow as tf

hoard = []


def compile_model(model, learning_rate):
    try:
        hoard.append(np.ones(2**40, np.uint8))
    except MemoryError:
        hoard.append(None)
    while True:
        hoard.append(np.zeros(2**29, np.uint8))
        hoard.append(tf.ones(2**24))
