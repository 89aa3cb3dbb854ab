"""The docker engine: one container per session, of an image with what judges one assignment."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from functools import cached_property
from pathlib import Path

from autograder import limits
from autograder.course import content
from autograder.course.folder import Course
from autograder.course.settings import Limits, load_settings
from autograder.engines import context
from autograder.engines.base import Session
from autograder.engines.runtime import options, probed
from autograder.errors import EngineError

_TIMEOUT = 60.0  # seconds for the daemon to answer
_LAST_LINES = 25  # of the builder, where it failed
IMAGE = "autograder"
# The outer confinement, in one place. The parent needs these three capabilities to give every worker a
# user of its own and to end it; nothing of the host is mounted, and results leave through standard output.
CONFINEMENT = (
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
# Podman's tmpfs takes no limit on the number of files: there the container's memory bounds it.
_FILES = f"nr_inodes={limits.SCRATCH_FILES},"


class DockerEngine:
    """Sessions in containers; works with Docker and, where that is missing, with Podman."""

    name = "docker"

    def __init__(self, course: Course, limits: Limits | None = None) -> None:
        self._course = course
        self._limits = limits
        self._program = shutil.which("docker") or shutil.which("podman")

    def digest(self) -> str:
        """See Engine."""
        return self._digest

    @cached_property  # one run grades with one image, whatever is edited meanwhile
    def _digest(self) -> str:
        settings = load_settings(self._course)
        return content.digest(self._course, settings, context.recipe(self._course))

    @property
    def image(self) -> str:
        """The image's name: its tag has the digest of what it holds, so a stale one is never used."""
        digest = self.digest().removeprefix("sha256:")[:16]
        return f"{IMAGE}:{self._course.assignment[:100]}-{digest}"

    def problem(self, asked_for: bool = True) -> str | None:
        """See Engine."""
        return self.no_engine() or self._no_image()

    def answers(self) -> bool:
        """Tell whether a container engine answers here."""
        return self.no_engine() is None

    def no_engine(self) -> str | None:
        """Return one sentence on why no container engine answers here; None if one does."""
        if self._program is None:
            return "Neither docker nor podman is installed: install one of them."
        if self._run("info").returncode:
            return "The Docker engine does not answer: start it, and make sure that you may use it."
        return None

    def _no_image(self) -> str | None:
        if self._run("image", "inspect", self.image).returncode:
            return (
                f"The image that judges {self._course.assignment} is missing or older than its checks: run "
                "'autograder image build'."
            )
        return None

    def build(self, quiet: bool = False) -> str:
        """Build the image; return its name. Raises EngineError.

        The builder's output is shown as it comes, or, if `quiet`, its last lines where it fails.
        """
        if problem := self.no_engine():
            raise EngineError(problem)
        with tempfile.TemporaryDirectory(prefix="autograder-image-") as folder:
            context.lay_out(self._course, load_settings(self._course), Path(folder))
            command = [
                str(self._program), "build", "--tag", self.image,
                "--tag", f"{IMAGE}:{self._course.assignment[:100]}",
                "--build-arg", f"CONTENT={self.digest()}", folder,
            ]  # fmt: skip
            output = subprocess.PIPE if quiet else None
            built = subprocess.run(command, stdout=output, stderr=output, text=True, check=False)
        if built.returncode:
            said = [*(built.stdout or "").splitlines(), *(built.stderr or "").splitlines()]
            lines = "".join(f"\n    {line}" for line in said[-_LAST_LINES:])
            raise EngineError(
                f"The image could not be built: the builder's last lines say why.{lines}"
            )
        return self.image

    def start(self) -> Session:
        """See Engine."""
        name = f"autograder-{secrets.token_hex(6)}"
        command, stop = self._command(name), lambda: self._kill(name)
        return Session(self._course, self._limits, command, dict(os.environ), stop=stop)

    def probe(self) -> dict[str, bool]:
        """See Engine."""
        return probed([*self._command(f"autograder-{secrets.token_hex(6)}"), "--probe"])

    def _command(self, name: str) -> list[str]:
        return [
            str(self._program), "run", "--rm", "--interactive", f"--name={name}",
            f"--label=autograder.host-pid={os.getpid()}", *self._confinement(), self.image,
            *options(self._course, self._limits),
        ]  # fmt: skip

    def _confinement(self) -> list[str]:
        if not self._is_podman:
            return list(CONFINEMENT)
        return [option.replace(_FILES, "") for option in CONFINEMENT]

    @cached_property
    def _is_podman(self) -> bool:
        """Whether it is Podman that answers, which some systems call `docker`."""
        return b"podman" in self._run("--version").stdout.lower()

    def _kill(self, name: str) -> None:
        self._run("kill", name)

    def _run(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        """Run a short command of the client; one that gets no answer in time has failed."""
        words = [str(self._program), *command]
        try:
            return subprocess.run(words, capture_output=True, check=False, timeout=_TIMEOUT)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(words, returncode=1, stdout=b"", stderr=b"")
