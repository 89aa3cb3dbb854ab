"""Adds a line to the given imports and uses it: VS Code and Colab let one edit any cell."""

# %% replace imports
import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import time
import random

import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import Input, Model
from keras.layers import Conv2D, Dense, Flatten
from keras.optimizers import Adam
from keras.utils import to_categorical
from policy_gradient import PongEnv
from utils import Check, Episode, create_frame, update_frame


# %% replace select_action_solution
def select_action(model, observation):
    probabilities = model.predict_on_batch(observation[np.newaxis])[0]
    return random.choices(range(6), weights=probabilities)[0]
