"""What something cost: CPU and wall seconds and peak memory, of a container and of our own processes.

A container's figures come from its control group (cgroups(7)), version 1 or 2, so whatever happens in it
is counted, whichever process did it. Those of other commands come from wait4(2), which counts a command
and every descendant that was waited for.
"""

from __future__ import annotations

import os
import resource
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

MIB = 2**20
_DAEMONS = ("dockerd", "containerd")


@dataclass(frozen=True)
class Cost:
    """CPU and wall time in seconds; the highest memory in MiB, None where it was not looked at."""

    cpu: float
    wall: float
    peak: float | None = None


class Clock:
    """Reads what has passed since it was made: wall time, and CPU of this process and its ended children."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), _own_cpu()

    def cost(self) -> Cost:
        """Return what has passed."""
        return Cost(_own_cpu() - self._cpu, time.perf_counter() - self._wall)


class Container:
    """The accounting of the one running container that this process started."""

    def __init__(self) -> None:
        label = f"label=autograder.host-pid={os.getpid()}"
        found = _docker("ps", "--quiet", "--no-trunc", "--filter", label).split()
        if len(found) != 1:
            raise RuntimeError(f"expected one container with the {label}, found {len(found)}")
        pid = int(_docker("inspect", "--format", "{{.State.Pid}}", found[0]))
        self._groups = _control_groups(pid)

    def cpu(self) -> float:
        """Return the seconds of CPU that the container has used so far."""
        if "cpuacct" in self._groups:
            return int(self._read("cpuacct", "cpuacct.usage")) / 1e9
        fields = dict(line.split() for line in self._read("", "cpu.stat").splitlines())
        return int(fields["usage_usec"]) / 1e6

    def peak(self) -> float:
        """Return the most memory, in MiB, that all its processes, their files' pages included, have held."""
        if "memory" in self._groups:
            return int(self._read("memory", "memory.max_usage_in_bytes")) / MIB
        return int(self._read("", "memory.peak")) / MIB

    def _read(self, controller: str, name: str) -> str:
        return (self._groups[controller] / name).read_text()


def run(command: list[str], folder: Path, environment: dict[str, str]) -> Cost:
    """Run a command; return its cost, with the resident size of its largest process as the peak.

    Raises RuntimeError with the end of its output where it fails.
    """
    started = time.perf_counter()
    log = folder / "command.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)  # it was waited for here
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{log.read_text()[-3000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def daemon_cpu() -> float:
    """Return the CPU seconds of Docker's own processes so far; 0 where none can be seen."""
    return sum(_cpu_of(folder) for folder in Path("/proc").iterdir() if folder.name.isdigit())


def _cpu_of(folder: Path) -> float:
    """Return utime, stime, cutime and cstime of one of Docker's processes (proc_pid_stat(5), 14 to 17)."""
    try:
        if not (folder / "comm").read_text().startswith(_DAEMONS):
            return 0.0
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it ended meanwhile
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _own_cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _docker(*arguments: str) -> str:
    return subprocess.run(["docker", *arguments], check=True, capture_output=True, text=True).stdout


def _control_groups(pid: int) -> dict[str, Path]:
    """Return the folder of every controller that `pid` is under; version 2 has one for all, named ""."""
    mounts = _mounts()
    groups = {}
    for line in Path(f"/proc/{pid}/cgroup").read_text().splitlines():
        _, names, path = line.split(":", 2)
        for name in names.split(","):
            if name in mounts:
                groups[name] = Path(mounts[name] + path)
    return groups


def _mounts() -> dict[str, str]:
    """Return where each controller's hierarchy is mounted (proc_pid_mounts(5))."""
    found = {}
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, place, kind, options, *_ = line.split()
        if kind == "cgroup2":
            found[""] = place
        elif kind == "cgroup":
            found |= dict.fromkeys(options.split(","), place)
    return found
