"""`os._exit` in a function takes its worker away; the other exercises get another one."""

# %% replace train_solution
import os


def train(model, episode, gamma):
    os._exit(0)
