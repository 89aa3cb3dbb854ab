"""What every engine needs to know of the runtime: variables, arguments, and a digest of all that grades."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.course import PACKAGE, Course
from autograder.errors import EngineError

VARIABLES = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",  # sets iterate alike, so the same submission gives the same report
}
_GRADING = ("protocol", "sandbox", "worker", "checker", "checks", "submission")
_MODULES = ("course.py", "errors.py", "limits.py", "plaintext.py", "report.py")
_RECIPE = ("docker/Dockerfile", "docker/session.sh", "docker/verify_rom.py")
_IGNORED = {"__pycache__", ".ipynb_checkpoints"}


def arguments(course: Course, root: str) -> list[str]:
    """Return the arguments of ``python`` that start a session for the course that lies in `root`."""
    return ["-m", "autograder.sandbox", "--course", root, "--assignment", course.assignment]


def exposed_checks(package: Path = PACKAGE, prefix: Path = Path(sys.prefix)) -> str | None:
    """Return one sentence if the hidden checks lie where workers may read, among Python's libraries.

    In the image the package lies apart from them; here it does so when it is installed as a link.
    """
    if not package.is_relative_to(prefix):
        return None
    return (
        "The hidden checks lie among Python's libraries, which student code may read: install the package "
        "with 'make setup' (pip install -e), or use Docker."
    )


def tried_out(command: list[str], environment: dict[str, str] | None = None) -> dict[str, bool]:
    """Run a session's command that tries out the walls; return what it found. Raises EngineError."""
    ended = subprocess.run(
        command, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    try:
        found: dict[str, bool] = json.loads(ended.stdout)
    except ValueError:
        said = ended.stderr.decode(errors="replace").strip()[-500:]
        raise EngineError(f"The walls could not be tried out: {said}") from None
    return found


def content_digest(course: Course) -> str:
    """Return a digest of everything that decides a score: code, checks, master, release and libraries.

    Two sessions with the same digest grade alike, whatever engine they run in.
    """
    digest = hashlib.sha256()
    for path in sorted(_files(course)):
        relative = path.relative_to(
            course.root if path.is_relative_to(course.root) else PACKAGE.parent
        )
        content = path.read_bytes()
        digest.update(f"{relative.as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return f"sha256:{digest.hexdigest()}"


def _files(course: Course) -> Iterator[Path]:
    """Yield what decides a score; the host's side (command line, engines, outputs) does not."""
    for folder in (*(PACKAGE / name for name in _GRADING), course.source, course.release):
        for path in folder.rglob("*"):
            if path.is_file() and not _IGNORED & set(path.parts):
                yield path
    yield from (PACKAGE / name for name in _MODULES)
    for name in ("requirements.lock", ".dockerignore", *_RECIPE):
        if (course.root / name).is_file():
            yield course.root / name
