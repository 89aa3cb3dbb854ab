"""What may be said on a terminal, and a terminal that can always be spoken to.

Names in a sentence may be a student's. A terminal may lack the letters of a name, and it may be gone: a
pipe whose reader has seen enough (`| head -1`), or a descriptor that the shell closed (`>&-`). None of that
may end a command that grades a class.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from autograder.plaintext import one_line


def printable(text: str) -> str:
    """Return what may be said on a terminal: lines in which nothing hides or steers it."""
    return "\n".join(one_line(line, 2000) for line in text.splitlines())


def shown(path: Path) -> str:
    """Return the path as short as it can be said from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def names(several: Sequence[str], most: int = 20) -> str:
    """Return names as a list in a sentence, a long one cut off with the number of the others."""
    listed = ", ".join(one_line(name, 60) for name in several[:most])
    return f"{listed} and {len(several) - most} more" if len(several) > most else listed


def prepare() -> None:
    """Make standard output and standard error such that writing to them does not fail for those reasons."""
    for descriptor in range(3):  # else the next file that is opened becomes what others print to
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is sys.__stdout__:  # else somebody has put another one there on purpose
        sys.stdout = _forgiving(sys.stdout, 1)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _forgiving(sys.stderr, 2)


def finish() -> None:
    """Write what is still to be written; raises OSError where the disk that it goes to is full."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _silence(
                stream
            )  # Python tries once more at its end, and would complain in its own words
            raise


def _silence(stream: TextIO) -> None:
    with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def _forgiving(stream: TextIO | None, descriptor: int) -> TextIO:
    """Return a stream on the same descriptor that spells letters which it lacks, as `\\u9673`."""
    encoding = "utf-8" if stream is None else stream.encoding
    raw = io.BufferedWriter(_Unread(descriptor, "w", closefd=False))
    by_line = descriptor == 2 or os.isatty(descriptor)
    return io.TextIOWrapper(raw, encoding, errors="backslashreplace", line_buffering=by_line)


class _Unread(io.FileIO):
    """A descriptor to which writing goes well even when nobody reads any more."""

    def write(self, data: object) -> int:
        """Write, or forget what nobody is there to read."""
        try:
            return super().write(data)  # type: ignore[arg-type]
        except BrokenPipeError:
            return memoryview(data).nbytes  # type: ignore[arg-type]
