"""``python -m autograder.sandbox``: what engines start, outside or inside a container."""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before TensorFlow is imported anywhere

from autograder.sandbox.config import from_arguments
from autograder.sandbox.parent import run

if __name__ == "__main__":
    sys.exit(run(from_arguments(sys.argv[1:])))
