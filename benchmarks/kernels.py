"""What students' kernels take: real ones, started as Jupyter does, that run the master notebook's cells."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jupyter_client.manager import start_new_kernel

from benchmarks.nbgrader_course import FILE
from benchmarks.notebook import FOLDER, TRAINING_LOOP, cells

KIB_PER_MIB = 1024
Result = dict[str, Any]


class Kernel:
    """A Jupyter kernel in a copy of the assignment's folder."""

    def __init__(self, folder: Path, episodes: int) -> None:
        shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__", FILE))
        settings = {"NR_EPISODES": str(episodes), "LIVE_VIEW": "0", "IPYTHONDIR": str(folder)}
        self._manager, self._client = start_new_kernel(
            startup_timeout=120, cwd=folder, env=os.environ | settings, stderr=subprocess.DEVNULL
        )

    def run(self, source: str) -> float:
        """Run a cell; return the seconds that it took. Raises RuntimeError where the cell fails."""
        started = time.perf_counter()
        answer = self._client.execute_interactive(source, output_hook=lambda message: None)
        if answer["content"]["status"] != "ok":
            raise RuntimeError("\n".join(answer["content"].get("traceback", ["the kernel died"])))
        return time.perf_counter() - started

    def mib(self, file: str, field: str) -> float:
        """Return a figure of the kernel's memory in MiB, such as VmHWM of status or Pss of smaps_rollup.

        Both are described in proc(5): proc_pid_status(5), proc_pid_smaps(5).
        """
        path = Path("/proc") / str(self._manager.provisioner.pid) / file
        values = dict(line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
        return round(int(values[field].split()[0]) / KIB_PER_MIB, 1)

    def close(self) -> None:
        """End the kernel."""
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)


def train_fully(episodes: int) -> Result:
    """Return what one kernel took that ran the notebook from top to bottom, training included."""
    with _kernels(1, episodes) as (kernel,):
        seconds = {cell.grade_id: kernel.run(cell.source) for cell in cells()}
        return {
            "episodes": episodes,
            "training_loop_seconds": round(seconds[TRAINING_LOOP], 1),
            "all_cells_seconds": round(sum(seconds.values()), 1),
            "peak_mib": kernel.mib("status", "VmHWM"),
            "at_the_end_mib": kernel.mib("status", "VmRSS"),
        }


def live_together(number: int, episodes: int) -> Result:
    """Return what so many kernels take that are alive at once, each after its training loop.

    Shared pages are counted once: a page of which ten processes have a share counts a tenth for each.
    """
    with _kernels(number, episodes) as kernels:
        for kernel in kernels:
            for cell in cells():
                kernel.run(cell.source)
                if cell.grade_id == TRAINING_LOOP:
                    break
        shares = [kernel.mib("smaps_rollup", "Pss") for kernel in kernels]
        return {
            "kernels": number,
            "episodes": episodes,
            "together_mib": round(sum(shares), 1),
            "shares_mib": shares,
            "peaks_mib": [kernel.mib("status", "VmHWM") for kernel in kernels],
        }


@contextlib.contextmanager
def _kernels(number: int, episodes: int) -> Iterator[list[Kernel]]:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        kernels = []
        for each in range(number):
            kernels.append(Kernel(Path(folder) / str(each), episodes))
            stack.callback(kernels[-1].close)
        yield kernels
