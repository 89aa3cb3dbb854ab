"""Samples with Python's own `random.choices`."""

# %% replace select_action_solution
import random


def select_action(model, observation):
    probabilities = model.predict(np.expand_dims(observation, axis=0), verbose=0)[0]
    return random.choices(range(6), weights=probabilities)[0]
