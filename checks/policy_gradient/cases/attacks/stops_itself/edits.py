"""Stops its own process, which then neither answers nor ends.

Whoever waits has a clock: the exercise times out, and what is stopped is killed like all else.
"""

# %% replace build_model_solution
import os
import signal


def build_model():
    os.kill(os.getpid(), signal.SIGSTOP)
