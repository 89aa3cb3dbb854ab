"""The process engine: no outer wall of ours, for inside a container whose platform is the outer wall."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from autograder.course import PACKAGE, Course
from autograder.engines.base import Session
from autograder.engines.runtime import VARIABLES, arguments, exposed_checks, tried_out

_SIGNS = (Path("/.dockerenv"), Path("/run/.containerenv"))
_VARIABLES = ("KUBERNETES_SERVICE_HOST", "AUTOGRADER_IN_CONTAINER")


def inside_container() -> bool:
    """Tell whether this process runs in a container, as far as the usual signs show."""
    return any(sign.exists() for sign in _SIGNS) or any(name in os.environ for name in _VARIABLES)


class ProcessEngine:
    """Sessions as plain processes: the inner wall only."""

    name = "process"

    def __init__(self, course: Course, asked_for: bool = False) -> None:
        self._course = course
        self._asked_for = asked_for

    def problem(self) -> str | None:
        """See Engine."""
        if problem := exposed_checks():
            return problem
        if inside_container() or self._asked_for:
            return None
        return (
            "The process engine has no outer wall and this is no container: install Docker or bubblewrap, "
            "or ask for it by name with '--engine process' if you trust the submissions."
        )

    def start(self) -> Session:
        """See Engine."""
        scratch = tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True)
        Path(scratch.name).chmod(0o1777)  # workers make folders of their own in it
        return Session(self._command(scratch.name), self._environment(), clean=scratch.cleanup)

    def walls(self) -> dict[str, bool]:
        """See Engine."""
        with tempfile.TemporaryDirectory(prefix="autograder-") as scratch:
            Path(scratch).chmod(0o1777)
            return tried_out([*self._command(scratch), "--walls"], self._environment())

    def _command(self, scratch: str) -> list[str]:
        session = arguments(self._course, str(self._course.root))
        return [sys.executable, *session, "--scratch", scratch]

    @staticmethod
    def _environment() -> dict[str, str]:
        return VARIABLES | {"PYTHONPATH": str(PACKAGE.parent), "PATH": os.environ["PATH"]}
