"""Fills lists without end, keeps them through every MemoryError, and compiles nothing.

Memory is limited for each process: the exercise is lost, and the next one finds a fresh process.
"""

# %% replace compile_model_solution
hoard = []


def compile_model(model, learning_rate):
    hoard.append(np.zeros(3 << 29, np.uint8))  # the first part in one piece, which takes no time
    while True:
        hoard.append([0.0] * 4_000_000)
