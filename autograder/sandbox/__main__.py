"""``python -m autograder.sandbox``: what engines start, outside or inside a container."""

import sys

from autograder.errors import AutograderError
from autograder.sandbox import variables
from autograder.sandbox.config import from_arguments


def main() -> int:
    """Run one session; return its exit status."""
    try:
        config = from_arguments(sys.argv[1:])
    except AutograderError as error:
        sys.exit(str(error))
    variables.prepare(config.settings.variables)
    from autograder.sandbox.parent import run  # imports NumPy, which reads them

    return run(config)


if __name__ == "__main__":
    sys.exit(main())
