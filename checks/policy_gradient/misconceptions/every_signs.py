"""Wrong ideas that have nothing to do with one exercise: how code stops, and what it leaves behind."""

from autograder.checker.naming.look import Seen
from autograder.report import Verdict


def placeholder_left(seen: Seen) -> bool:
    """A placeholder is still there: `...` stands for what you are to write, and Python takes it for a
    value of its own, called Ellipsis. Look for it between the two marks of this exercise.

    Read again: How to work with this notebook
    """
    return _says(seen, "ellipsis", "Ellipsis")


def is_no_python(seen: Seen) -> bool:
    """Python cannot read the cell. Look at the line that is named, and at the end of the line before: a
    colon, a bracket or a quotation mark is missing most of the time, or the lines do not begin where they
    should.

    Read again: How to work with this notebook
    """
    return _says(seen, "SyntaxError", "IndentationError", "TabError")


def leaves_python(seen: Seen) -> bool:
    """Your code leaves Python altogether, with `exit`, `sys.exit` or `os._exit`. A function hands its
    result over with `return`; nothing has to be ended by hand.

    Read again: How to work with this notebook
    """
    return _says(seen, "SystemExit", "the code ended it")


def asks_for_too_much_memory(seen: Seen) -> bool:
    """Your code asks for more memory than there is. An episode takes about 100 MB as it is: keep no
    copies of it, and collect nothing that grows without end.

    Read again: Episode
    """
    return _says(seen, "MemoryError", "more memory than there is", "ResourceExhausted")


def takes_what_is_not_there(seen: Seen) -> bool:
    """Your code takes something from an object that does not have it: the name behind the dot in the
    message. An Episode has `get()`, `append(...)`, `length` and `score`; a model has `predict_on_batch`,
    `fit` and `compile`.

    Read again: Episode
    """
    return _says(seen, "AttributeError") and not _says(seen, "NoneType")


def never_comes_back(seen: Seen) -> bool:
    """Your code does not come to an end. Is there a loop whose condition never changes?

    Read again: How to work with this notebook
    """
    timeout = [each for each in seen.checks.values() if each.outcome is Verdict.TIMEOUT]
    return bool(timeout) and "loop that never ends" in timeout[0].message


def _says(seen: Seen, *words: str) -> bool:
    return any(word in seen.said() for word in words)
