"""Ends the notebook by sys.exit. Loses: train."""

# %% replace train_solution
import sys


def train(model, episode, gamma):
    sys.exit("not yet written")
