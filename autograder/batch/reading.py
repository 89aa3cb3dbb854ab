"""Reads what was handed in: once, with its digest, or with the reason why there is nothing to read."""

from __future__ import annotations

import errno
import hashlib
from dataclasses import dataclass
from pathlib import Path

from autograder.batch.discover import Submission, checked

# Not there, not allowed, a loop of links, a device: what was handed in is no file that can be read.
_NOT_READABLE = {errno.ENOENT, errno.EACCES, errno.ELOOP, errno.ENXIO, errno.EINVAL, errno.EISDIR}
_UNREADABLE = "This file cannot be read. Please submit it again."


@dataclass(frozen=True)
class HandedIn:
    """A student's notebook, or why there is none: `refusal` is for the student, `fault` is ours.

    It was `postponed` where it let time run out again and again while others waited.
    """

    student: str
    notebook: bytes | None = None
    sha256: str | None = None
    refusal: str | None = None
    fault: str | None = None
    note: str = ""
    postponed: bool = False


Entry = Submission | HandedIn
"""What a batch is given of a student: what is still to be read, or what was read already."""


def read(submission: Submission) -> HandedIn:
    """Read a submission. A disk that breaks is not the student's doing, and no reason to refuse it."""
    if submission.refusal is not None:
        return HandedIn(submission.student, refusal=submission.refusal)
    try:
        notebook = submission.read()
    except OSError as error:
        return _not_read(submission.student, submission.path, error)
    return HandedIn(submission.student, notebook, hashlib.sha256(notebook).hexdigest())


def handed_in(entry: Entry) -> HandedIn:
    """Return what a student handed in, read now unless it was read already."""
    return entry if isinstance(entry, HandedIn) else read(entry)


def read_path(student: str, path: Path) -> HandedIn:
    """Read a student's file that nobody has looked at since it was found."""
    try:
        return read(checked(student, path))
    except OSError as error:
        return _not_read(student, path, error)


def _not_read(student: str, path: Path, error: OSError) -> HandedIn:
    if error.errno in _NOT_READABLE:
        return HandedIn(student, refusal=_UNREADABLE)
    return HandedIn(student, fault=f"{path} could not be read: {error.strerror}")
