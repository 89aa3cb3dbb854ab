"""A Docker daemon of our own, to be killed and started again while nobody else is using it."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path

_START_SECONDS = 120.0


class Daemon:
    """A second `dockerd`, which keeps all that is its own in `folder`; it needs root and no network."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = os.environ | {"DOCKER_HOST": f"unix://{folder}/socket"}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Daemon:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        data = str(self._folder / "data")  # each daemon that was killed has left it mounted
        while subprocess.run(["umount", data], capture_output=True, check=False).returncode == 0:
            pass

    def start(self) -> None:
        """Start it and wait until it answers; raises RuntimeError where it does not.

        It ends at once where the containerd of a killed one is still ending, so it is started as often as
        it takes, which is what service managers do.
        """
        deadline = time.monotonic() + _START_SECONDS
        while self._client("info").returncode:
            if time.monotonic() > deadline:
                raise RuntimeError(f"dockerd did not start: {self._folder}/log says why")
            if self._process is None or self._process.poll() is not None:
                self._launch()
            time.sleep(0.2)

    def _launch(self) -> None:
        with suppress(FileNotFoundError):
            (self._folder / "pid").unlink()  # of one that was killed
        command = [
            # in a network of its own, or it would take the bridge away from the daemon that is there
            "unshare", "--net", "dockerd",
            f"--data-root={self._folder}/data", f"--exec-root={self._folder}/exec",
            f"--pidfile={self._folder}/pid", f"--host=unix://{self._folder}/socket",
            "--bridge=none", "--iptables=false",
        ]  # fmt: skip
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)

    def load(self, image: str) -> None:
        """Copy an image from the machine's own daemon, where it is not here yet."""
        if self._client("image", "inspect", image).returncode:
            save = subprocess.Popen(["docker", "save", image], stdout=subprocess.PIPE)
            load = ["docker", "load", "--quiet"]
            subprocess.run(load, check=True, stdin=save.stdout, env=self.environment)
            save.wait()

    def kill(self) -> None:
        """End it as a crash does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it as a service manager does, all containers with it."""
        assert self._process is not None
        self._process.terminate()
        self._process.wait()

    def _client(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        command = ["docker", *arguments]
        return subprocess.run(command, capture_output=True, check=False, env=self.environment)
