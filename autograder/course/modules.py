"""An assignment's own Python modules, importable as ``checks.<assignment>.<module>``."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

from autograder.course.folder import Course

CHECKS = "checks"
MISCONCEPTIONS = "misconceptions"


class _Finder(MetaPathFinder):
    """Finds a module of one folder by its file's name: a process may be kept from listing the folder."""

    def __init__(self, package: str, folder: Path) -> None:
        self._package, self._folder = package, folder

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where the module is; None where it is none of the folder's (importlib.abc)."""
        package, _, name = fullname.rpartition(".")
        file = self._folder / f"{name}.py"
        found = package == self._package and file.is_file()
        return spec_from_file_location(fullname, file) if found else None


def make_importable(course: Course) -> None:
    """Make the hidden checks' folder, and nothing else of the course, the package ``checks.<assignment>``.

    Its folder of known wrong ideas is a package in it.
    """
    package = f"{CHECKS}.{course.assignment}"
    ideas = f"{package}.{MISCONCEPTIONS}"
    for name in (CHECKS, package, ideas):
        made = ModuleType(name)
        made.__path__ = []
        sys.modules[name] = made
    sys.meta_path.insert(0, _Finder(package, course.checks))
    sys.meta_path.insert(0, _Finder(ideas, course.checks / MISCONCEPTIONS))


def load_worker_module(course: Course) -> ModuleType | None:
    """Return what the checks ask of a worker, loaded from worker.py; None where there is none.

    Raises ImportError, or whatever its own code raises.
    """
    path = course.worker_module
    if not path.is_file():
        return None
    return importlib.import_module(f"{CHECKS}.{course.assignment}.{path.stem}")
