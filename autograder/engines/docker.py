"""The docker engine: one container per session, built from docker/Dockerfile, sealed on every side."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
from functools import cached_property

from autograder import limits
from autograder.course import Course
from autograder.engines.base import Session
from autograder.engines.runtime import content_digest, tried_out
from autograder.errors import EngineError

_PATIENCE = 60.0  # seconds for the daemon to answer
IMAGE = "policy-gradient-autograder"
# The outer wall, in one place. The parent needs these three capabilities to give every worker a user of
# its own and to end it; nothing of the host is mounted, and results leave through standard output only.
WALL = (
    "--network=none",
    "--read-only",
    f"--tmpfs=/tmp:{limits.SCRATCH}",
    "--cap-drop=ALL",
    "--cap-add=SETUID",
    "--cap-add=SETGID",
    "--cap-add=KILL",
    "--security-opt=no-new-privileges",
    f"--memory={limits.CONTAINER_MEMORY}",
    f"--memory-swap={limits.CONTAINER_MEMORY}",
    f"--pids-limit={limits.CONTAINER_PIDS}",
    f"--cpus={limits.CONTAINER_CPUS}",
    "--oom-score-adj=500",
    "--ulimit=core=0",
    "--ipc=none",
    "--pull=never",
    "--log-driver=none",
)


class DockerEngine:
    """Sessions in containers; works with Docker and, where that is missing, with Podman."""

    name = "docker"

    def __init__(self, course: Course) -> None:
        self._course = course
        self._program = shutil.which("docker") or shutil.which("podman")

    @cached_property  # one run grades with one image, whatever is edited meanwhile
    def image(self) -> str:
        """The image's name: its tag is the digest of what it holds, so a stale one is never used."""
        return _name(content_digest(self._course))

    def problem(self) -> str | None:
        """See Engine."""
        return self.no_engine() or self._no_image()

    def no_engine(self) -> str | None:
        """Return one sentence on why no container engine answers here; None if one does."""
        if self._program is None:
            return "Neither docker nor podman is installed: install one of them."
        if self._run("info").returncode:
            return "The Docker engine does not answer: start it, and make sure that you may use it."
        return None

    def _no_image(self) -> str | None:
        if self._run("image", "inspect", self.image).returncode:
            return "The image for this version is missing: run 'autograder image build'."
        return None

    def build(self) -> str:
        """Build the image, showing the builder's output; return its name. Raises EngineError."""
        if problem := self.no_engine():
            raise EngineError(problem)
        digest = content_digest(self._course)
        image = _name(digest)
        command = [
            str(self._program), "build", "--file", "docker/Dockerfile", "--tag", image,
            "--tag", f"{IMAGE}:latest", "--build-arg", f"CONTENT={digest}", ".",
        ]  # fmt: skip
        if subprocess.run(command, cwd=self._course.root, check=False).returncode:
            raise EngineError("The image could not be built: the builder's last lines say why.")
        return image

    def start(self) -> Session:
        """See Engine."""
        name = f"autograder-{secrets.token_hex(6)}"
        return Session(self._command(name), dict(os.environ), stop=lambda: self._kill(name))

    def walls(self) -> dict[str, bool]:
        """See Engine."""
        name = f"autograder-{secrets.token_hex(6)}"
        return tried_out([*self._command(name), "--assignment", self._course.assignment, "--walls"])

    def _command(self, name: str) -> list[str]:
        return [
            str(self._program), "run", "--rm", "--interactive", f"--name={name}",
            f"--label=autograder.host-pid={os.getpid()}", *WALL, self.image,
        ]  # fmt: skip

    def _kill(self, name: str) -> None:
        self._run("kill", name)

    def _run(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        """Run a short command of the client; one that gets no answer in time has failed."""
        words = [str(self._program), *command]
        try:
            return subprocess.run(words, capture_output=True, check=False, timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(words, returncode=1, stdout=b"", stderr=b"")


def _name(digest: str) -> str:
    return f"{IMAGE}:{digest.removeprefix('sha256:')[:16]}"
