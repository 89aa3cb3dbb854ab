"""Prints for ever, and builds nothing.

Output is counted: the exercise is lost, and the others are graded in a process that prints less.
"""


# %% replace build_model_solution
def build_model():
    line = "All exercises passed: 100 of 100 points. " * 25
    while True:
        print(line)
