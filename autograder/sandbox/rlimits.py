"""rlimits: one worker's memory, stack, processor time, threads, file size and open files (setrlimit(2)).

They stop: a submission that takes more than its share from ending anything but itself.
"""

from __future__ import annotations

import resource

from autograder import limits

BOUNDS = {
    resource.RLIMIT_DATA: limits.WORKER_DATA,
    resource.RLIMIT_AS: limits.WORKER_ADDRESS_SPACE,
    resource.RLIMIT_STACK: limits.WORKER_STACK,
    resource.RLIMIT_CPU: limits.WORKER_CPU_SECONDS,
    resource.RLIMIT_NPROC: limits.WORKER_THREADS,
    resource.RLIMIT_FSIZE: limits.WORKER_FILE_SIZE,
    resource.RLIMIT_NOFILE: limits.WORKER_OPEN_FILES,
    resource.RLIMIT_SIGPENDING: limits.WORKER_SIGNALS,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_MEMLOCK: 0,
    resource.RLIMIT_MSGQUEUE: 0,
}


def apply() -> None:
    """Set every limit for this process and its children; they can never be raised again."""
    for kind, bound in BOUNDS.items():
        hard = resource.getrlimit(kind)[1]
        value = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (value, value))
