"""The sentences that students read about how their code behaved. What it should compute, checks say."""

from __future__ import annotations

from autograder.checker.channel import StudentError, StudentFault, StudentTimeout
from autograder.checker.hints import kind
from autograder.checker.limit_sentences import of_ending, of_exception
from autograder.course.markers import END, START
from autograder.plaintext import one_line
from autograder.protocol.control import Ending
from autograder.protocol.messages import Raised

# What a worker does when a check calls the student's own code; all else only looks at what that gave.
_CALLS = {
    "call", "call_once", "call_repeatedly", "call_each", "call_with_arguments", "run_cell", "",
}  # fmt: skip


def not_attempted(exercise: str) -> str:
    """Say that the placeholder was left alone."""
    return (
        f"{exercise} is still waiting for you: nothing has been written between `{START}` and `{END}` "
        "yet."
    )


def missing(exercise: str) -> str:
    """Say that the exercise is not in the notebook."""
    return (
        f"We did not find {exercise} in your notebook. If its cell got lost, copy it from a fresh download "
        "of the assignment and paste your solution into it."
    )


def undefined(exercise: str, raised: Raised | None, unusable: str | None, hint: str = "") -> str:
    """Say why the exercise's function does not exist although its cell is there."""
    if unusable:
        return f"The cell of {exercise} {unusable}, so {exercise} could not be tried."
    if raised:
        return (
            f"The cell of {exercise} does not run: {_what_and_where(raised)}.{_more(raised, hint)}"
        )
    return (
        f"Your notebook does not define {exercise} any more. Please keep the name of the function."
    )


def ended(ending: Ending) -> str:
    """Say, of a cell, that it ended the process, and how."""
    cause = of_ending(ending)
    return f"ended the Python process ({cause})" if cause else "ended the Python process"


def fault(exercise: str, error: StudentFault, ending: Ending = Ending.RUNS, hint: str = "") -> str:
    """Say what the student's code did instead of answering; `ending` is how its process ended, if it did."""
    if isinstance(error, StudentError):
        said = f"{_what_and_where(error.raised)}.{_more(error.raised, hint)}"
        if error.operation in _CALLS:
            return f"{exercise} stopped with {said}"
        if not error.raised.cell:  # a library's words about what we did, not the student
            said = f"{kind(error.raised)}.{_more(error.raised, hint)}"
        return f"What {exercise} gave back could not be used: there came {said}"
    if isinstance(error, StudentTimeout):
        within = f"within {error.seconds:.0f} seconds" if error.seconds >= 1 else "in the time left"
        return f"{exercise} did not finish {within}. Is there a loop that never ends?"
    if cause := of_ending(ending):
        return f"The Python process ended while {exercise} was running: {cause}."
    return f"The Python process stopped making sense while {exercise} was running."


def too_large(exercise: str) -> str:
    """Say that a value is larger than memory."""
    return f"{exercise} gave back something far too large to look at."


def out_of_time(exercise: str) -> str:
    """Say that a check was not tried, since the ones before took all the time there is."""
    return f"This was not tried any more: {exercise} took too long before."


def same_cause(cause: str, message: str) -> str:
    """Say that a check failed for a cause that another one is charged for, and costs nothing."""
    return f"This costs nothing, since {cause} has most likely the same cause. {message}".strip()


def not_together(exercise: str) -> str:
    """Say that an exercise was not tried together with the others; that costs nothing."""
    return (
        f"This counts nothing: {exercise} is tried together with the other exercises once it is right by "
        "itself."
    )


def _more(raised: Raised, hint: str) -> str:
    return "".join(f" {sentence}" for sentence in (of_exception(raised), hint) if sentence)


def _what_and_where(raised: Raised) -> str:
    said = f": {one_line(raised.text)}" if one_line(raised.text) else ""
    where = f" (line {raised.line} of the cell {one_line(raised.cell)})" if raised.cell else ""
    return f"{kind(raised)}{said}{where}".rstrip(".")
