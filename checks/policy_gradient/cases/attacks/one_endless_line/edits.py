"""Writes one line of a gigabyte to standard error, in a cell, in pieces and past Python's buffers.

What is printed is counted and not kept; the cell costs its exercise.
"""

# %% replace compile_model_solution
import os

piece = b"#" * (1 << 20)


def compile_model(model, learning_rate):
    return None


for _ in range(1024):
    os.write(2, piece)
