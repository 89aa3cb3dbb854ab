"""What a benchmark ran on: without it, its seconds say nothing."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
from importlib import metadata
from pathlib import Path

_LIBRARIES = (
    "tensorflow",
    "keras",
    "numpy",
    "ale-py",
    "gymnasium",
    "nbgrader",
    "opencv-python-headless",
)
_IN_IMAGE = "import platform; print(platform.python_version())"


def facts(image: str = "") -> dict[str, object]:
    """Return processor, memory, load, versions and date, and of Docker and `image` where one was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    found: dict[str, object] = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory / 2**30, 1),
        "load_average": [round(load, 2) for load in os.getloadavg()],
        "kernel": platform.release().partition("-")[0],
        "python": {"host": platform.python_version()},
        "libraries": {name: _version(name) for name in _LIBRARIES},
    }
    return found | _docker(image) if image else found


def _docker(image: str) -> dict[str, object]:
    run = ["docker", "run", "--rm", "--network=none", "--entrypoint=python", image, "-c", _IN_IMAGE]
    return {
        "docker": _output(["docker", "version", "--format", "{{.Server.Version}}"]),
        "image": image,
        "python": {"host": platform.python_version(), "image": _output(run)},
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _version(name: str) -> str:
    for distribution in (name, f"{name}-cpu"):
        try:
            return metadata.version(distribution)
        except metadata.PackageNotFoundError:
            continue
    return "not installed"


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
