"""What tests of the command line share."""

import re
from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]


def is_one_sentence(errors: str) -> bool:
    """Tell whether what was said is one line for a person: no traceback, no second line."""
    return bool(re.fullmatch(r"autograder: [^\n]*[.:!][^\n]*\n", errors))
