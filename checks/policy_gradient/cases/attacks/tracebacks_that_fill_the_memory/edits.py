"""Has every cell of many report an exception whose text is as long as a frame may be.

Whoever keeps what each cell raised, to tell the student later, keeps gigabytes. A text is cut to what a
sentence needs; the cells that stand behind it are none the worse for it.
"""


# %% replace discount_rewards_solution
def discount_rewards(rewards, gamma):
    return None


# %% after imports
try:
    from autograder.worker import cells

    honest_run = cells.Notebook.run
except ImportError:
    cells = None


def run_and_complain(notebook, cell, source):
    troubles = honest_run(notebook, cell, source)
    if cell in ("training_loop", "no waiting"):
        return troubles
    return [*troubles, cells.Raised("Long", "\N{GRINNING FACE}" + "x" * 7_000_000, "", 0)]


if cells:
    cells.Notebook.run = run_and_complain
