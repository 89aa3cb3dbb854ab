"""Every limit on student code and on its container, in one place."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """How long the checker waits, in seconds of wall time."""

    cell: float = 10.0
    call: float = 15.0
    exercise: float = 60.0
    submission: float = 240.0
    host: float = 300.0  # the host's patience with a whole session; only ours can exceed it


LIMITS = Limits()

# Of one worker process (setrlimit(2)). DATA bounds private writable memory; a worker inherits some
# 150 MB of it from the warm parent.
WORKER_DATA = 2048 * MIB
WORKER_CPU_SECONDS = 120
WORKER_PROCESSES = 256  # threads count; TensorFlow starts some per core
WORKER_FILE_SIZE = 32 * MIB
WORKER_OPEN_FILES = 256

# Of one container: a worker, the checker, the reference and the warm parent.
CONTAINER_MEMORY = "4g"
CONTAINER_PIDS = 512
CONTAINER_TMP = "size=128m,mode=1777"
MAX_NOTEBOOK = 20 * MIB
MAX_CELL = MIB // 4  # characters
MAX_CELLS = 1000  # with code
MAX_CODE = MIB  # characters in all of them
