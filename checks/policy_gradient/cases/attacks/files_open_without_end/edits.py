"""Opens files until no more can be opened, keeps them, and compiles nothing.

The others find a process with descriptors to spare.
"""

# %% replace compile_model_solution
import os

hoard = []


def compile_model(model, learning_rate):
    while True:
        hoard.append(os.open("/dev/null", os.O_RDONLY))
        hoard.extend(os.pipe())
