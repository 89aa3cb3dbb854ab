"""What engines need to know of a session: its command line, its variables, and what code runs on here."""

from __future__ import annotations

import json
import platform
import site
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from autograder.course.folder import Course
from autograder.course.settings import Limits
from autograder.errors import EngineError

VARIABLES = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",  # sets iterate alike, so the same submission gives the same report
}


def options(course: Course, limits: Limits | None) -> list[str]:
    """Return what every session is told: the assignment, and limits in place of the assignment's own."""
    words = ["--assignment", course.assignment]
    return words if limits is None else [*words, "--limits", json.dumps(limits.model_dump())]


def arguments(course: Course, limits: Limits | None) -> list[str]:
    """Return the arguments of ``python`` that start a session from this very environment."""
    session = ["-m", "autograder.sandbox", "--course", str(course.root)]
    return [*session, *options(course, limits)]


def versions() -> Iterator[str]:
    """Yield what code runs on in this environment: Python, and every library with its version.

    Only where libraries are installed: `sys.path` grows with what this process imports (setuptools brings
    libraries of its own), and a session is another process.
    """
    yield f"{platform.python_implementation()} {platform.python_version()}"
    found = {(each.name or "", each.version) for each in _installed()}
    yield from (f"{name}=={version}" for name, version in sorted(found))


def _installed() -> Iterator[metadata.Distribution]:
    yield from metadata.distributions(path=site.getsitepackages())


def exposed_checks(course: Course, prefix: Path = Path(sys.prefix)) -> str | None:
    """Return one sentence if hidden checks lie where workers may read, among Python's libraries."""
    if not course.checks.is_relative_to(prefix):
        return None
    return (
        f"The hidden checks lie among Python's libraries, which student code may read: move the course "
        f"folder {course.root} elsewhere."
    )


def probed(command: list[str], environment: dict[str, str] | None = None) -> dict[str, bool]:
    """Run a session's command that probes the confinement; return what it found. Raises EngineError."""
    ended = subprocess.run(
        command, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    try:
        found: dict[str, bool] = json.loads(ended.stdout)
    except ValueError:
        said = ended.stderr.decode(errors="replace").strip()[-500:]
        raise EngineError(f"The confinement could not be probed: {said}") from None
    return found
