"""What a container image is built from: a folder with exactly what judges one assignment."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from autograder.course.content import course_files, package_files
from autograder.course.folder import PACKAGE, Course
from autograder.course.settings import Settings
from autograder.errors import EngineError

RECIPE = Path(__file__).with_name("container")
_RECIPE_FILES = ("Dockerfile", "session.sh")
# Versions with hashes of all that is installed: the course's own, else what grading itself needs.
LOCK = "requirements.lock"
# What a course may add to the image, each run once while it is built.
_OWN = "docker"
_SCRIPTS = ("after-install.sh", "prepare.sh")


def recipe(course: Course) -> Iterator[str]:
    """Yield what an image's Python and libraries follow from: recipe, locked versions, own scripts."""
    for path in (*(RECIPE / name for name in _RECIPE_FILES), lock(course), *own_files(course)):
        yield f"{path.name}\n{path.read_text('utf-8')}"


def lay_out(course: Course, settings: Settings, folder: Path) -> None:
    """Fill the empty `folder` with what `docker build` needs. Raises EngineError where a part is missing."""
    for name in _RECIPE_FILES:
        shutil.copy(RECIPE / name, folder / name)
    _copy(lock(course), folder / LOCK)
    (folder / _OWN).mkdir()
    for name in _SCRIPTS:
        (folder / _OWN / name).write_text("#!/bin/sh\n")  # a course that adds nothing has none
    for path in own_files(course):
        _copy(path, folder / _OWN / path.name)
    for root, files in (
        (PACKAGE.parent, package_files()),
        (course.root, course_files(course, settings)),
    ):
        for relative in files:
            _copy(root / relative, folder / "course" / relative)


def own_files(course: Course) -> list[Path]:
    """Return what the course adds to the image: the scripts in its folder `docker`."""
    return sorted(path for path in (course.root / _OWN).glob("*") if path.suffix in (".sh", ".py"))


def lock(course: Course) -> Path:
    """Return the lock file that is installed: the course's own, else that of what grading itself needs."""
    own = course.root / LOCK
    return own if own.is_file() else RECIPE / LOCK


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(path, target)
    except FileNotFoundError:
        raise EngineError(
            f"{path} is missing, so no image can be built: 'autograder release' makes what is released."
        ) from None
