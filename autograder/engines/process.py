"""The process engine: no outer confinement, for inside a container whose platform confines already."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from autograder.course import content
from autograder.course.folder import PACKAGE, Course
from autograder.course.settings import Limits, load_settings
from autograder.engines.base import Session
from autograder.engines.runtime import VARIABLES, arguments, exposed_checks, probed, versions

_SIGNS = (Path("/.dockerenv"), Path("/run/.containerenv"))
_VARIABLES = ("KUBERNETES_SERVICE_HOST", "AUTOGRADER_IN_CONTAINER")


def inside_container() -> bool:
    """Tell whether this process runs in a container, as far as the usual signs show."""
    return any(sign.exists() for sign in _SIGNS) or any(name in os.environ for name in _VARIABLES)


class ProcessEngine:
    """Sessions as plain processes, confined as far as a process can confine its own forks."""

    name = "process"

    def __init__(self, course: Course, limits: Limits | None = None) -> None:
        self._course = course
        self._limits = limits

    def digest(self) -> str:
        """See Engine."""
        return content.digest(self._course, load_settings(self._course), versions())

    def problem(self, asked_for: bool = True) -> str | None:
        """See Engine."""
        if problem := exposed_checks(self._course):
            return problem
        if inside_container() or asked_for:
            return None
        return (
            "The process engine has no outer confinement and this is no container: install Docker or "
            "bubblewrap, or ask for it by name with '--engine process' if you trust the submissions."
        )

    def start(self) -> Session:
        """See Engine."""
        scratch = tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True)
        Path(scratch.name).chmod(0o1777)  # workers make folders of their own in it
        return Session(
            self._course,
            self._limits,
            self._command(scratch.name),
            self._environment(),
            clean=scratch.cleanup,
        )

    def probe(self) -> dict[str, bool]:
        """See Engine."""
        with tempfile.TemporaryDirectory(prefix="autograder-") as scratch:
            Path(scratch).chmod(0o1777)
            return probed([*self._command(scratch), "--probe"], self._environment())

    def _command(self, scratch: str) -> list[str]:
        return [sys.executable, *arguments(self._course, self._limits), "--scratch", scratch]

    @staticmethod
    def _environment() -> dict[str, str]:
        return VARIABLES | {"PYTHONPATH": str(PACKAGE.parent), "PATH": os.environ["PATH"]}
