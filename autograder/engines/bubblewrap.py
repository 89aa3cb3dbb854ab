"""The bubblewrap engine: the same warm parent from this very virtual environment, where no Docker runs.

bwrap(1) gives it namespaces of its own (processes, network, IPC, mounts; users too where we are not root)
and shows it the runtime and the course read-only; nothing else of the machine is there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.course import content
from autograder.course.folder import PACKAGE, Course
from autograder.course.settings import Limits, load_settings
from autograder.engines.base import Session
from autograder.engines.runtime import VARIABLES, arguments, exposed_checks, probed, versions

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/fonts", "/etc/ld.so.cache",
           "/etc/alternatives", "/etc/localtime")  # fmt: skip
_SCRATCH = "/scratch"
_NAMESPACES = (
    "--unshare-pid",
    "--unshare-net",
    "--unshare-ipc",
    "--unshare-uts",
    "--unshare-cgroup-try",
)


class BubblewrapEngine:
    """Sessions in unprivileged namespaces."""

    name = "bubblewrap"

    def __init__(self, course: Course, limits: Limits | None = None) -> None:
        self._course = course
        self._limits = limits
        self._program = shutil.which("bwrap")

    def digest(self) -> str:
        """See Engine."""
        return content.digest(self._course, load_settings(self._course), versions())

    def problem(self, asked_for: bool = True) -> str | None:
        """See Engine."""
        if problem := exposed_checks(self._course):
            return problem
        if self._program is None:
            return "bubblewrap is not installed: install your distribution's package 'bubblewrap'."
        trial = [self._program, *self._confinement(), "true"]
        if subprocess.run(trial, capture_output=True, check=False).returncode:
            return (
                "bubblewrap is installed but may not make namespaces here: allow unprivileged user "
                "namespaces (sysctl kernel.unprivileged_userns_clone=1), or use Docker."
            )
        return None

    def start(self) -> Session:
        """See Engine."""
        return Session(self._course, self._limits, self._command(), dict(os.environ))

    def probe(self) -> dict[str, bool]:
        """See Engine."""
        return probed([*self._command(), "--probe"])

    def _command(self) -> list[str]:
        session = arguments(self._course, self._limits)
        scratch = ["--scratch", _SCRATCH]
        return [str(self._program), *self._confinement(), sys.executable, *session, *scratch]

    def _confinement(self) -> list[str]:
        words = [*_NAMESPACES, *self._identity(), "--die-with-parent", "--clearenv"]
        for name, value in (VARIABLES | {"PYTHONPATH": str(PACKAGE.parent)}).items():
            words += ["--setenv", name, value]
        words += ["--proc", "/proc", "--dev", "/dev"]
        words += ["--tmpfs", "/tmp", "--perms", "1777", "--dir", _SCRATCH]
        for path in (*map(Path, _SYSTEM), *self._needed()):
            for folder in reversed(path.parents[:-1]):  # bwrap would make them for us alone
                words += ["--perms", "0755", "--dir", str(folder)]
            words += ["--ro-bind-try", str(path), str(path)]
        return [*words, "--chdir", "/tmp"]

    def _needed(self) -> tuple[Path, ...]:
        prefixes = (Path(sys.base_prefix), Path(sys.prefix))
        course = self._course
        return (*prefixes, PACKAGE, course.source, course.release, course.checks)

    @staticmethod
    def _identity() -> list[str]:
        """As root keep what gives each worker a user of its own; else hide in a user namespace.

        CAP_SYS_ADMIN there lets the session mount a scratch file system with a limit on files, which
        bwrap has no option for; it gives that up before anything else.
        """
        if os.getuid():
            return ["--unshare-user", "--cap-add", "CAP_SYS_ADMIN"]
        kept = ("CAP_SETUID", "CAP_SETGID", "CAP_KILL", "CAP_SYS_ADMIN")
        return ["--cap-drop", "ALL", *(word for name in kept for word in ("--cap-add", name))]
