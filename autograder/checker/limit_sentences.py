"""The sentences that say which limit a submission ran into. They word a message and decide no point."""

from __future__ import annotations

import re

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
# What the text of an exception shows, whatever its type: the first that matches says which limit it was.
_SIGNS = (
    (r"start new thread|\[Errno 11\]", f"A submission may run {limits.WORKER_THREADS} threads."),
    (r"\[Errno 12\]|allocate|bad_alloc|out of memory", _MEMORY),
    (r"\[Errno 24\]", f"A submission may have {limits.WORKER_OPEN_FILES} files open."),
    (r"\[Errno 27\]", f"A file may have {limits.WORKER_FILE_SIZE // limits.MIB} MB."),
    (r"\[Errno 28\]", _DISK),
    (r"\[Errno (1|13|30)\]|\[Errno -\d\]", _CONFINED),
)
_ENDINGS = {
    Ending.EXITED: "the code ended it",
    Ending.SIGNAL: "it crashed, or the code ended it",
    Ending.PROCESSOR_TIME: f"it had used {limits.WORKER_CPU_SECONDS} seconds of processor time",
    Ending.MEMORY: "it needed more memory than there is. " + _MEMORY.rstrip("."),
    Ending.OUTPUT: f"it had printed more than {limits.WORKER_OUTPUT // limits.MIB} MB",
}


def of_exception(raised: Raised) -> str:
    """Return the sentence about the limit that an exception tells of; empty where it tells of none."""
    if "Memory" in raised.type_name or "ResourceExhausted" in raised.type_name:
        return _MEMORY
    for sign, sentence in _SIGNS:
        if re.search(sign, raised.text):
            return sentence
    return ""


def of_ending(ending: Ending) -> str:
    """Return how the process came to its end, to stand behind a colon; empty where it is not known."""
    return _ENDINGS.get(ending, "")
