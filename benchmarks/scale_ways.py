"""The ways in which many submissions are graded side by side: each runs real processes on one machine."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from autograder.batch.store import Store
from autograder.report import Outcome
from benchmarks import simulated
from tests.helpers import tiny_course

ROOT = Path(__file__).resolve().parents[1]
_MODULE = simulated.__name__


@dataclass(frozen=True)
class Run:
    """Wall seconds, CPU seconds of all processes, the peak of the largest in MiB, and how many reports."""

    wall: float
    cpu: float
    peak: float
    reports: int


class Class:
    """A course folder and its class, whose sessions take so many seconds."""

    def __init__(self, folder: Path, number: int, seconds: float) -> None:
        self.folder, self.number = folder, number
        self.course = tiny_course.write(folder / "course")
        self.root = self.course.root
        submitted = self.root / "submitted"
        submitted.mkdir()
        for index in range(number):
            (submitted / f"student-{index:05}.ipynb").write_text(f"{index}" * 1000)
        variables = {"PYTHONPATH": str(ROOT), "SIMULATED_SECONDS": str(seconds)}
        self.environment = os.environ | variables

    def command(self, *words: str) -> list[str]:
        """Return a command of the autograder's, with the simulated engine among the others."""
        return [sys.executable, "-m", _MODULE, *words]

    def grade(self, *more: str) -> list[str]:
        """Return the command that grades the class, silently."""
        return self.command("grade", "submitted", *more)

    def start(self, command: list[str], log: str = "log") -> psutil.Popen:
        """Start a command in the course folder."""
        with (self.folder / log).open("ab") as said:
            return psutil.Popen(
                command, cwd=self.root, env=self.environment, stdout=said, stderr=said
            )

    def measured(self, run: Callable[[Watch], None]) -> Run:
        """Run; return what it took. Raises RuntimeError where anybody has not exactly one report."""
        watch = Watch()
        started = time.perf_counter()
        run(watch)
        wall = time.perf_counter() - started
        watch.end()
        store = Store(self.root / "graded" / tiny_course.NAME)
        right = 0
        for index in range(self.number):
            report = store.read(f"student-{index:05}")
            right += report is not None and report.outcome is Outcome.GRADED
        files = len(list(store.folder.glob("*.json")))
        if (right, files) != (self.number, self.number):
            said = (self.folder / "log").read_text()[-2000:]
            raise RuntimeError(f"{right} reports of {self.number}, {files} files: {said}")
        return Run(round(wall, 2), round(watch.cpu, 2), round(watch.peak, 1), right)


class Watch:
    """Adds up what processes use, looked at several times a second until each has ended."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._cpu: dict[int, float] = {}
        self.processes: list[psutil.Process] = []  # to watch, some of which may have ended
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    @property
    def cpu(self) -> float:
        """Return the seconds of all processes."""
        return sum(self._cpu.values())

    def end(self) -> None:
        """Stop looking."""
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(0.1):
            for process in list(self.processes):
                try:
                    times = process.cpu_times()
                    self._cpu[process.pid] = times.user + times.system
                    self.peak = max(self.peak, process.memory_info().rss / 2**20)
                except psutil.Error:
                    continue


def local(of: Class, workers: int) -> Run:
    """Grade with one command."""

    def run(watch: Watch) -> None:
        process = of.start(of.grade("--engine", simulated.NAME, "--workers", str(workers)))
        watch.processes.append(process)
        _ended_well(process)

    return of.measured(run)


def shards(of: Class, workers: int) -> Run:
    """Grade with one command for each shard, each with one session."""

    def run(watch: Watch) -> None:
        words = ("--engine", simulated.NAME, "--workers", "1", "--shard")
        running = [of.start(of.grade(*words, f"{n}/{workers}")) for n in range(workers)]
        for process in running:
            watch.processes.append(process)
        for process in running:
            _ended_well(process)

    return of.measured(run)


def slurm(of: Class, workers: int) -> Run:
    """Grade with an array job, whose tasks are such commands."""
    words = of.grade("--engine", simulated.NAME, "--workers", "1", "--shard")
    script = of.root / "job.sbatch"
    script.write_text(f"#!/bin/bash\nexec {shlex.join(words)} $SLURM_ARRAY_TASK_ID/{workers}\n")

    submit = [
        "sbatch", "--parsable", f"--array=0-{workers - 1}", "--cpus-per-task=1", "--mem-per-cpu=0",
        f"--output={of.folder}/log", "--open-mode=append", str(script),
    ]  # fmt: skip

    def run(watch: Watch) -> None:
        job = subprocess.run(
            submit, cwd=of.root, env=of.environment, check=True, capture_output=True
        )
        number = job.stdout.decode().strip()
        asked = ["squeue", "--noheader", f"--jobs={number}"]
        while subprocess.run(asked, check=False, capture_output=True).stdout.strip():
            known = {process.pid for process in watch.processes}
            for process in psutil.process_iter(["cmdline", "cwd"]):
                here = process.info["cwd"] == str(of.root) and process.pid not in known
                if here and _MODULE in (process.info["cmdline"] or ()):
                    watch.processes.append(process)
            time.sleep(0.3)

    return of.measured(run)


def dask(of: Class, workers: int) -> Run:
    """Grade with a Dask cluster: scheduler, workers with one session each, and who grades; with TLS."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tls://127.0.0.1:{port}"
    _ended_well(of.start(of.command("dask", "certificates")))
    scheduler = of.start(
        of.command("dask", "scheduler", "--host", "127.0.0.1", "--port", str(port))
    )
    work = of.command("dask", "worker", address, "--engine", simulated.NAME, "--workers", "1")
    running = [scheduler, *(of.start(work, f"worker-{n}") for n in range(workers))]
    try:
        for number in range(workers):
            while "warm sessions" not in (of.folder / f"worker-{number}").read_text():
                time.sleep(0.1)

        def run(watch: Watch) -> None:
            process = of.start(of.grade("--scheduler", address))
            for each in (*running, process):
                watch.processes.append(each)
            _ended_well(process)

        return of.measured(run)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def _ended_well(process: psutil.Popen) -> None:
    if process.wait():
        raise RuntimeError(f"{process.args} ended with {process.returncode}")


WAYS: dict[str, Callable[[Class, int], Run]] = {
    "local": local,
    "shards": shards,
    "slurm": slurm,
    "dask": dask,
}
