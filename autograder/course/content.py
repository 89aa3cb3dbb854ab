"""What judges an assignment: the files that decide a score, and a digest of them.

The digest is the assignment's own: another assignment's checks are not in it, nor what running a notebook
leaves behind, nor what the checks are tried with and what came of it, nor what only the host's side does,
nor what of settings and notebooks is read or applied around a grading (`deciding.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from autograder.course.deciding import deciding
from autograder.course.folder import PACKAGE, Course
from autograder.course.settings import Settings
from autograder.errors import ReleaseError

CASES = "cases"
EQUIVALENT = "equivalent.toml"
CERTIFICATE = "certificate.json"
_GRADING = ("course", "protocol", "sandbox", "worker", "checker", "submission")
_MODULES = ("__init__.py", "errors.py", "limits.py", "plaintext.py", "report.py")
_LEFT_BEHIND = {"__pycache__", ".ipynb_checkpoints", CASES, EQUIVALENT, CERTIFICATE}


def package_files() -> Iterator[Path]:
    """Yield the package's files that are at work in a grading session, relative to the package's parent."""
    for name in _GRADING:
        for path in sorted((PACKAGE / name).rglob("*.py")):
            yield path.relative_to(PACKAGE.parent)
    for name in _MODULES:
        yield Path(PACKAGE.name) / name


def course_files(course: Course, settings: Settings) -> Iterator[Path]:
    """Yield the course's files that decide a score, relative to its root: checks, master, release."""
    yield course.master.relative_to(course.root)
    yield course.released.relative_to(course.root)
    for path in readable(course, settings):
        yield path.relative_to(course.root)
    for path in sorted(course.checks.rglob("*")):
        parts = path.relative_to(course.checks).parts
        hidden = any(part.startswith(".") for part in parts)  # a tool's cache, an editor's draft
        if path.is_file() and _LEFT_BEHIND.isdisjoint(parts) and not hidden:
            yield path.relative_to(course.root)


def readable(course: Course, settings: Settings) -> Iterator[Path]:
    """Yield what student code may read of the release: the files that the settings' patterns name.

    A solution that loads something else that was released, a finished result for instance, has made
    nothing of its own.
    """
    for path in sorted(course.release.rglob("*")):
        name = path.relative_to(course.release)
        counts = path.is_file() and _LEFT_BEHIND.isdisjoint(name.parts)
        if counts and settings.may_read(PurePosixPath(name.as_posix())):
            yield path


def digest(course: Course, settings: Settings, runtime: Iterable[str]) -> str:
    """Return the digest of all that decides a score where `runtime` says what the code runs on.

    Two sessions with the same digest grade alike. Raises ReleaseError where one of the files is missing.
    """
    sha256 = hashlib.sha256()
    _add_files(sha256, PACKAGE.parent, package_files())
    _add_files(sha256, course.root, course_files(course, settings))
    for line in runtime:
        _add(sha256, "runtime", line.encode())
    return f"sha256:{sha256.hexdigest()}"


def course_digest(course: Course, settings: Settings) -> str:
    """Return the digest of what of the course decides a score: the same on every machine.

    Raises ReleaseError where one of the files is missing.
    """
    sha256 = hashlib.sha256()
    _add_files(sha256, course.root, course_files(course, settings))
    return f"sha256:{sha256.hexdigest()}"


def _add_files(sha256: hashlib._Hash, root: Path, names: Iterable[Path]) -> None:
    for name in names:
        try:
            content = (root / name).read_bytes()
            _add(sha256, name.as_posix(), deciding(name, content))
        except FileNotFoundError:
            raise ReleaseError(
                f"{name} is missing: 'autograder release' makes what is released."
            ) from None


def _add(sha256: hashlib._Hash, name: str, content: bytes) -> None:
    sha256.update(f"{name}\0{len(content)}\0".encode())
    sha256.update(content)
