"""The limits on a worker, its container and its notebook, but for those of time, which an assignment sets."""

from __future__ import annotations

MIB = 2**20

# Of one worker (setrlimit(2)). DATA bounds private writable memory, of which it inherits some 150 MB from
# the warm parent; ADDRESS_SPACE bounds what DATA does not count: page tables, and what mprotect(2) lets pass.
WORKER_DATA = 2048 * MIB
WORKER_ADDRESS_SPACE = 4096 * MIB
WORKER_STACK = 16 * MIB
WORKER_CPU_SECONDS = 120
WORKER_SIGNALS = 1024  # queued, timers among them
WORKER_THREADS = 64  # numerical libraries start some of their own
WORKER_FILE_SIZE = 32 * MIB
WORKER_OPEN_FILES = 256
WORKER_OUTPUT = 64 * MIB  # printed

# The file system in memory that holds the scratch folders of a session (tmpfs(5)).
SCRATCH_SIZE = 128 * MIB
SCRATCH_FILES = 16384
SCRATCH = f"size={SCRATCH_SIZE // MIB}m,nr_inodes={SCRATCH_FILES},mode=1777"

# Of one container: a worker, the checker, the reference and the warm parent. One processor, so that a
# submission with many threads takes none of another session's share.
CONTAINER_MEMORY = "4g"
CONTAINER_PIDS = 256
CONTAINER_CPUS = 1

# Of one notebook.
MAX_NOTEBOOK = 20 * MIB
MAX_CELL = MIB // 4  # characters
MAX_CELLS = 1000  # with code
MAX_CODE = MIB // 2  # characters in all of them
# Of the process that reads a notebook, before any of its code runs; an honest one needs a hundredth.
READ_SECONDS = 10
READ_MEMORY = 768 * MIB
