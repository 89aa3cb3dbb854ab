"""A Dask cluster that grades the tiny course: real processes, on hosts of their own or on this one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.helpers import tiny_course
from tests.helpers.grading import ROOT
from tests.helpers.hosts import Hosts, Loopback

PATIENCE = 180.0  # seconds
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}


class Cluster:
    """A course, its certificates, and processes on three hosts: the first grades and schedules."""

    def __init__(self, machines: Hosts | Loopback, folder: Path, port: int = 8786) -> None:
        self.machines, self.folder = machines, folder
        self.port = port
        self.course = tiny_course.write(folder / "course")
        self.address = f"tls://{machines.address(1)}:{port}"
        self._processes: list[subprocess.Popen[bytes]] = []
        assert self.run(1, "dask", "certificates").returncode == 0

    def run(self, host: int, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command on a host to its end."""
        return subprocess.run(
            self._command(host, *words), cwd=self.course.root, env=ENVIRONMENT,
            capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip

    def start(self, host: int, *words: str) -> subprocess.Popen[bytes]:
        """Start one; what it says goes to a log."""
        with self._log(host, words[0]).open("ab") as log:
            process = subprocess.Popen(
                self._command(host, *words),
                cwd=self.course.root,
                env=ENVIRONMENT,
                stdout=log,
                stderr=log,
            )
        self._processes.append(process)
        return process

    def schedule(self) -> subprocess.Popen[bytes]:
        """Start the scheduler, and wait until it is one."""
        process = self.start(
            1, "dask", "scheduler", "--host", self.machines.address(1), "--port", str(self.port)
        )
        self.until("Scheduling at", 1)
        return process

    def work(self, host: int) -> subprocess.Popen[bytes]:
        """Start a worker on a host with one session, and wait until it has joined."""
        before = self.said(host).count("warm sessions")
        process = self.start(
            host, "dask", "worker", self.address, "--engine", "process", "--workers", "1"
        )
        self.until("warm sessions", host, before + 1)
        return process

    def until(self, part: str, host: int, times: int = 1) -> None:
        """Wait until the log of a host's process has something in it."""
        deadline = time.monotonic() + PATIENCE
        while self.said(host).count(part) < times:
            assert time.monotonic() < deadline, f"{part!r} not in: {self.said(host)}"
            time.sleep(0.1)

    def said(self, host: int) -> str:
        """What scheduler or worker of a host said."""
        path = self._log(host, "dask")
        return path.read_text() if path.exists() else ""

    def reports(self) -> dict[str, Any]:
        """The reports so far, without their seconds."""
        folder = self.course.root / "graded" / tiny_course.NAME
        found = [json.loads(path.read_bytes()) for path in folder.glob("*.json")]
        return {report["student"]: report | {"seconds": 0} for report in found}

    def end(self) -> None:
        """End everything."""
        for process in self._processes:
            process.send_signal(signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _command(self, host: int, *words: str) -> list[str]:
        return [*self.machines.on(host), sys.executable, "-m", "autograder", *words]

    def _log(self, host: int, what: str) -> Path:
        return self.folder / f"{what}-{host}.log"
