"""What is said where a student's code raises: one line, with the point of what a library has to say."""

import re
import traceback
from pathlib import Path

FOLDER = Path(__file__).parent.parent  # with all that is no student's
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# What Keras and TensorFlow say around their point: where they were, not what was wrong there.
AROUND = re.compile(
    r"Exception encountered when calling|Arguments received by|Graph execution error|Detected at node|"
    r"Call arguments received|Stack trace for op|Original stack trace|File \"|node "
)
BEFORE = re.compile(r"^(\{\{.*?\}\}|[A-Z_]+: )\s*")
LONGEST = 240


def stopped(exercise, error):
    """Return what an exception says, with the line of the notebook in which it was raised."""
    return f"{exercise} stopped{_place(error)} with {type(error).__name__}: {point(str(error))}"


def _place(error):
    """Return where in the notebook an error was raised; "" where no line of it is known."""
    frames = [
        summary
        for (frame, _), summary in zip(
            traceback.walk_tb(error.__traceback__),
            traceback.extract_tb(error.__traceback__),
            strict=True,
        )
        if frame.f_globals.get("__name__") in ("__main__", "builtins")  # the notebook's own code
        and FOLDER not in Path(summary.filename).parents
        and summary.line
    ]
    if not frames:
        return ""
    last = frames[-1]
    cell = "a cell" if last.name.startswith("<") else f"the cell of {last.name}"
    return f" in line {last.lineno} of {cell}, `{last.line}`,"


def point(text):
    """Return the line of an error's text that says what was wrong."""
    lines = [COLOURS.sub("", line).strip() for line in text.splitlines()]
    telling = [line for line in lines if line and not AROUND.match(line)]
    line = (telling or [line for line in lines if line] or ["no more is known"])[0]
    line = BEFORE.sub("", line)
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} ..."
