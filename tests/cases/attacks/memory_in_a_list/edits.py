"""Fills lists without end, keeps them through every MemoryError, and compiles nothing.

Memory is limited for each process: the exercise is lost, and the next one finds a fresh process.
"""

# %% replace compile_model_solution
hoard = [bytearray(3 << 29)]  # which nobody has to touch, to have it quickly


def compile_model(model, learning_rate):
    while True:
        hoard.append([0.0] * 4_000_000)
