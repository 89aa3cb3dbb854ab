"""Starts threads that never end until no more can be started, and compiles nothing.

The others find a process where TensorFlow can start its own.
"""

# %% replace compile_model_solution
import threading


def compile_model(model, learning_rate):
    while True:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
