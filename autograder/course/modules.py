"""An assignment's own Python modules, importable as ``checks.<assignment>.<module>``."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

from autograder.course.folder import Course

CHECKS = "checks"


def make_importable(course: Course) -> None:
    """Make the hidden checks' folder, and nothing else of the course, the package ``checks.<assignment>``.

    Both packages are made by hand: looking for them would list folders that a process may be kept from.
    """
    for name, folder in (
        (CHECKS, course.checks.parent),
        (f"{CHECKS}.{course.assignment}", course.checks),
    ):
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package


def load_worker_module(course: Course) -> ModuleType | None:
    """Return what the checks ask of a worker, loaded from its one file; None where there is none."""
    path = course.worker_module
    if not path.is_file():
        return None
    name = f"{CHECKS}.{course.assignment}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
