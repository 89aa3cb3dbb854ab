"""``python -m autograder.sandbox``: what engines start, outside or inside a container."""

import sys

from autograder.sandbox import variables

variables.prepare()

from autograder.sandbox.config import from_arguments  # noqa: E402 - they import NumPy
from autograder.sandbox.parent import run  # noqa: E402

if __name__ == "__main__":
    sys.exit(run(from_arguments(sys.argv[1:])))
