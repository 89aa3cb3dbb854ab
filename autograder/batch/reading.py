"""Reads what was handed in: once, with its digest, or with the reason why there is nothing to read."""

from __future__ import annotations

import errno
import hashlib
from dataclasses import dataclass

from autograder.batch.discover import Submission

# Not there, not allowed, a loop of links, a device: what was handed in is no file that can be read.
_NOT_READABLE = {errno.ENOENT, errno.EACCES, errno.ELOOP, errno.ENXIO, errno.EINVAL, errno.EISDIR}
_UNREADABLE = "This file cannot be read. Please submit it again."


@dataclass(frozen=True)
class HandedIn:
    """A student's notebook, or why there is none: `refusal` is for the student, `fault` is ours."""

    student: str
    notebook: bytes | None = None
    sha256: str | None = None
    refusal: str | None = None
    fault: str | None = None
    note: str = ""


def read(submission: Submission) -> HandedIn:
    """Read a submission. A disk that breaks is not the student's doing, and no reason to refuse it."""
    if submission.refusal is not None:
        return HandedIn(submission.student, refusal=submission.refusal)
    try:
        notebook = submission.read()
    except OSError as error:
        if error.errno in _NOT_READABLE:
            return HandedIn(submission.student, refusal=_UNREADABLE)
        fault = f"{submission.path} could not be read: {error.strerror}"
        return HandedIn(submission.student, fault=fault)
    digest = hashlib.sha256(notebook).hexdigest()
    return HandedIn(submission.student, notebook, digest, note=submission.note)
