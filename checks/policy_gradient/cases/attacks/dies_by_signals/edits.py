"""Dies of a segmentation fault, an abort and a kill, each in an exercise of its own.

Nothing catches these in time, whatever handlers there are. Each costs its exercise.
"""

# %% replace select_action_solution
import ctypes
import os
import signal


def select_action(model, observation):
    ctypes.string_at(0)


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    os.abort()


# %% replace train_solution
def train(model, episode, gamma):
    os.kill(os.getpid(), signal.SIGKILL)
