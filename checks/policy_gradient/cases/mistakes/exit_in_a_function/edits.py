"""Calls `sys.exit` where it means `return`."""

# %% replace select_action_solution
import sys


def select_action(model, observation):
    probabilities = model.predict(observation[None], verbose=0)[0]
    sys.exit(int(np.random.choice(6, p=probabilities)))
