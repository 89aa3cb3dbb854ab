"""The sentences that say which limit a submission ran into. They word a message and decide no point."""

from __future__ import annotations

import errno

from autograder import limits
from autograder.protocol.control import Ending
from autograder.protocol.messages import Raised

_DISK = (
    f"A submission has {limits.SCRATCH_SIZE // limits.MIB} MB on disk, "
    f"in at most {limits.SCRATCH_FILES:,} files."
)
_MEMORY = f"A submission has {limits.WORKER_DATA // limits.MIB // 1024} GB of memory."
_CONFINED = (
    "While it is graded, a notebook has no network, starts no other programs, and writes only into the "
    "folder that it starts in."
)
_BY_ERRNO = {
    errno.EAGAIN: f"A submission may run {limits.WORKER_THREADS} threads.",
    errno.ENOMEM: _MEMORY,
    errno.EMFILE: f"A submission may have {limits.WORKER_OPEN_FILES} files open.",
    errno.EFBIG: f"A file may have {limits.WORKER_FILE_SIZE // limits.MIB} MB.",
    errno.ENOSPC: _DISK,
    **dict.fromkeys((errno.EPERM, errno.EACCES, errno.EROFS), _CONFINED),
}
_ENDINGS = {
    Ending.EXITED: "the code ended it",
    Ending.SIGNAL: "it crashed, or the code ended it",
    Ending.PROCESSOR_TIME: f"it had used {limits.WORKER_CPU_SECONDS} seconds of processor time",
    Ending.MEMORY: "it needed more memory than there is. " + _MEMORY.rstrip("."),
    Ending.OUTPUT: f"it had printed more than {limits.WORKER_OUTPUT // limits.MIB} MB",
}


def of_exception(raised: Raised) -> str:
    """Return the sentence about the limit that an exception tells of; empty where it tells of none.

    It goes by number. What the exception says in words may be the student's own.
    """
    if raised.errno < 0:  # of looking up names in a network (getaddrinfo(3))
        return _CONFINED
    return _BY_ERRNO.get(raised.errno, "")


def of_ending(ending: Ending) -> str:
    """Return how the process came to its end, to stand behind a colon; empty where it is not known."""
    return _ENDINGS.get(ending, "")
