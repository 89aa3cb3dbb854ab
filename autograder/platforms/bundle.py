"""What goes into a platform's package, and the zip that holds it: the same bytes for the same course."""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course.content import course_files, package_files
from autograder.course.folder import PACKAGE, Course
from autograder.course.settings import load_settings
from autograder.engines.context import LOCK, RECIPE, lock, own_files
from autograder.errors import ReleaseError

# What starts grading on a platform; what it imports is all that is needed of the package there.
ENTRY = "autograder.platforms.grade_one"
# What starts grading on a machine of a cluster. The command line imports its commands by name.
COMMANDS = ("autograder.__main__", "autograder.cli.grade", "autograder.cli.image")
COMMAND_LOCK = "command.lock"
COURSE = "course"
_SCRIPTS = Path(__file__).with_name("scripts")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file knows
_RUNS, _PLAIN = 0o100755, 0o100644
_UNIX = 3


@dataclass(frozen=True)
class Member:
    """A file of a package, by its name in it."""

    name: str
    content: bytes
    is_script: bool = False


def script(name: str, target: str | None = None) -> Member:
    """Return a file that lies in `scripts/` beside this one, under its own or another name."""
    runs = name.endswith(".sh")
    return Member(target or name, (_SCRIPTS / name).read_bytes(), is_script=runs)


def text(name: str) -> str:
    """Return the text of a file that lies in `scripts/` beside this one."""
    return (_SCRIPTS / name).read_text("utf-8")


def installation(course: Course, under: str = "") -> Iterator[Member]:
    """Yield what is needed to install Python and libraries: nothing of it is secret.

    The course's script after-install.sh only makes an image smaller, and stays out.
    """
    yield script("install.sh", f"{under}install.sh")
    yield Member(f"{under}{LOCK}", lock(course).read_bytes())
    for path in own_files(course):
        if path.name != "after-install.sh":
            yield Member(f"{under}docker/{path.name}", path.read_bytes())


def judging(course: Course, under: str = "") -> Iterator[Member]:
    """Yield what grades this one assignment: package, checks, master, release. Raises ReleaseError."""
    package = {*package_files(), *needed(ENTRY)}
    own = course_files(course, load_settings(course))
    for root, names in ((PACKAGE.parent, sorted(package)), (course.root, own)):
        for name in names:
            try:
                content = (root / name).read_bytes()
            except FileNotFoundError:
                raise ReleaseError(
                    f"{name} is missing: 'autograder release' makes what is released."
                ) from None
            yield Member(f"{under}{COURSE}/{name.as_posix()}", content)


def command(course: Course, under: str = "") -> Iterator[Member]:
    """Yield what `autograder grade` needs beside what judges and its libraries: its code, an image's recipe.

    The recipe is in a judge's digest, also where another one has built the image.
    """
    into = f"{under}{COURSE}/"
    for name in sorted(needed(*COMMANDS) - {*package_files(), *needed(ENTRY)}):
        yield Member(f"{into}{name.as_posix()}", (PACKAGE.parent / name).read_bytes())
    for path in sorted(RECIPE.iterdir()):
        yield Member(f"{into}{path.relative_to(PACKAGE.parent).as_posix()}", path.read_bytes())
    yield Member(f"{into}{LOCK}", lock(course).read_bytes())
    for path in own_files(course):
        yield Member(f"{into}docker/{path.name}", path.read_bytes())


def needed(*entries: str) -> set[Path]:
    """Return the files of this package that modules need, by following imports; none of them is run."""
    waiting, found = set(entries), set[Path]()
    while waiting:
        name = waiting.pop()
        path = _file(name)
        if path is not None and path not in found:
            found.add(path)
            waiting |= set(_imported(PACKAGE.parent / path)) | {name.rpartition(".")[0]}
    return found


def _file(module: str) -> Path | None:
    """Return a module's file, relative to the package's parent; None for what is none, or not ours."""
    if module.partition(".")[0] != PACKAGE.name:
        return None
    path = Path(*module.split("."))
    return next(
        (each for each in (path / "__init__.py", path.with_suffix(".py"))
         if (PACKAGE.parent / each).is_file()), None,
    )  # fmt: skip


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def zipped(members: Iterable[Member]) -> bytes:
    """Return the zip of these files, sorted by name, without times, and not compressed.

    So the bytes depend on nothing else, neither on a clock nor on a library's version.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for member in sorted(members, key=lambda member: member.name):
            info = zipfile.ZipInfo(member.name, _LONG_AGO)
            info.create_system = _UNIX
            info.external_attr = (_RUNS if member.is_script else _PLAIN) << 16
            archive.writestr(info, member.content)
    return file.getvalue()
