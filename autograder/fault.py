"""What a traceback says first to whoever has to mend it: the exception's own line, then where."""

from __future__ import annotations

import re
from pathlib import PurePath

from autograder.plaintext import one_line

_STARTS = "Traceback (most recent call last):"
# Python's own words between the tracebacks of exceptions that led to each other.
_WHILE_HANDLING = "During handling of the above exception, another exception occurred:"
_CAUSED = "The above exception was the direct cause of the following exception:"
_FRAME = re.compile(
    r'^ *File "(?P<path>.+)", line (?P<line>\d+)(?:, in (?P<function>.+))?$', re.MULTILINE
)
_OURS = ("checks", "autograder")  # a path is shown from the first of these folders on
_MOST = 500


def cause(fault: str) -> str:
    """Return what went wrong, as one line: by it two faults are told to be the same.

    That is the line of the exception that caused the others; the whole text where there is no traceback.
    """
    trace = _innermost(fault)
    frames = list(_FRAME.finditer(trace))
    if not frames:
        return one_line(fault, _MOST)
    lines = trace[frames[-1].end() :].splitlines()
    own = next((line for line in lines if line and not line[0].isspace()), trace)
    return one_line(own, _MOST)


def headline(fault: str) -> str:
    """Return the cause, and behind it the place in our code where it arose, if a traceback tells."""
    frames = [match for match in _FRAME.finditer(_innermost(fault)) if match["function"]]
    if not frames:
        return cause(fault)
    of_a_check = [frame for frame in frames if "checks" in PurePath(frame["path"]).parts]
    frame = (of_a_check or frames)[-1]
    place = f"{_short(frame['path'])}, line {frame['line']}, in {frame['function']}"
    return f"{cause(fault)} ({one_line(place)})"


def _innermost(fault: str) -> str:
    """Return the traceback of the exception that led to the others; "" where there is none."""
    _, _, trace = fault.rpartition(_WHILE_HANDLING)[2].partition(_STARTS)
    return trace.partition(_CAUSED)[0]


def _short(path: str) -> str:
    parts = PurePath(path).parts
    start = next((parts.index(folder) for folder in _OURS if folder in parts), 0)
    return str(PurePath(*parts[start:]))
