"""Out of memory: a worker is the first that the kernel ends (proc_pid_oom_score_adj(5)).

That stops: one submission's hunger from ending the checker, another session, or the instructor's programs.
"""

from __future__ import annotations

from pathlib import Path

_FIRST = "1000"
# What counts the kernel's kills for memory in this control group, of version 2 and of version 1.
_COUNTERS = ("/sys/fs/cgroup/memory.events", "/sys/fs/cgroup/memory/memory.oom_control")


def go_first() -> None:
    """Make this process, and what it starts, the kernel's first choice."""
    Path("/proc/self/oom_score_adj").write_text(_FIRST)


def kills() -> int:
    """Return how many processes of this control group were ended for memory; 0 where nobody counts."""
    for counter in map(Path, _COUNTERS):
        if counter.exists():
            fields = dict(line.split() for line in counter.read_text().splitlines())
            return int(fields.get("oom_kill", 0))
    return 0
