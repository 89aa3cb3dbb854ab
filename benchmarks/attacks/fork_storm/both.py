"""Starts as many processes as it can, which go on for two minutes; every exercise is right."""

# %% after imports
import os

for _ in range(400):
    try:
        if os.fork() == 0:
            time.sleep(120)
            os._exit(0)
    except OSError:
        break
