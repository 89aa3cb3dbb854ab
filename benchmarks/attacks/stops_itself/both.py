"""Stops its own process, so that it neither answers nor ends."""

# %% replace discount_rewards_solution
import os
import signal


def discount_rewards(rewards, gamma):
    os.kill(os.getpid(), signal.SIGSTOP)
