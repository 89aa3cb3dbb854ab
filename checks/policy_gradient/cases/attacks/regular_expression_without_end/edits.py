"""Matches a pattern that takes until the end of time, in C, with every signal blocked, while its cell runs.

Who waits has a clock of its own, and ends the process from outside.
"""

# %% replace build_model_solution
import re
import signal


def build_model():
    return None


signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
re.match("(a*)*b", "a" * 100)
