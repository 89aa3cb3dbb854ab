"""random.choices."""

# %% replace select_action_solution
import random


def select_action(model, observation):
    p = model.predict(observation[None], verbose=0)[0]
    return random.choices(range(6), weights=p)[0]
