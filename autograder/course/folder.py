"""The course folder: where the master, the release and the hidden checks of an assignment lie."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError

PACKAGE = Path(__file__).resolve().parent.parent
SETTINGS = "assignment.toml"


@dataclass(frozen=True)
class Course:
    """One assignment of the course in the folder `root`."""

    root: Path
    assignment: str

    @property
    def source(self) -> Path:
        """The folder with the master notebook: trusted, holds the solutions."""
        return self.root / "source" / self.assignment

    @property
    def master(self) -> Path:
        """The master notebook."""
        return self.source / f"{self.assignment}.ipynb"

    @property
    def release(self) -> Path:
        """What students received."""
        return self.root / "release" / self.assignment

    @property
    def released(self) -> Path:
        """The notebook that students received."""
        return self.release / self.master.name

    @property
    def checks(self) -> Path:
        """How it is judged: the settings, the hidden checks and what they need. Never released."""
        return self.root / "checks" / self.assignment

    @property
    def settings(self) -> Path:
        """The file in which an instructor sets title, weights, limits and the like."""
        return self.checks / SETTINGS

    @property
    def earlier(self) -> tuple[Path, ...]:
        """The notebooks that students received before the present one, and may still hand in."""
        return tuple(sorted((self.checks / "earlier").glob("*.ipynb")))

    @property
    def worker_module(self) -> Path:
        """What the checks ask of a worker: the one file of theirs that student code's process loads."""
        return self.checks / "worker.py"

    def secrets(self) -> tuple[Path, ...]:
        """Return the folders that only the trusted side may list; above them all is open."""
        return (self.checks.parent, self.source.parent)

    def runtime(self) -> tuple[Path, ...]:
        """Return the folders that student code needs: Python, its libraries and the release."""
        return (*libraries(), self.release)


def libraries() -> tuple[Path, Path]:
    """Return the folders of Python and of its libraries."""
    return Path(sys.prefix), Path(sys.base_prefix)


def assignments(root: Path) -> list[str]:
    """Return the names of all assignments in a course folder: those with a master notebook, sorted."""
    masters = (root / "source").glob("*/*.ipynb")
    return sorted(path.stem for path in masters if path.stem == path.parent.name)


def enclosing_root(start: Path) -> Path | None:
    """Return the course folder that `start` lies in; None where no folder above it is one."""
    above = (start.resolve(), *start.resolve().parents)
    return next((folder for folder in above if assignments(folder)), None)


def find_root(start: Path) -> Path:
    """Return the course folder that `start` lies in, else the one that this package lies in.

    Raises UsageError where neither holds an assignment.
    """
    if root := enclosing_root(start):
        return root
    if assignments(PACKAGE.parent):
        return PACKAGE.parent
    raise UsageError(
        "There is no course here: source/<assignment>/<assignment>.ipynb is missing. Run this inside the "
        "course folder; 'autograder new NAME' writes a first assignment."
    )


def find_courses(start: Path, assignment: str | None = None) -> list[Course]:
    """Return the assignment of this name in the course that `start` lies in, or all of them.

    Raises UsageError where there is none.
    """
    if assignment is not None:
        check_name(assignment)
    root = find_root(start)
    names = assignments(root)
    if assignment is None:
        return [Course(root, name) for name in names]
    if assignment not in names:
        raise UsageError(
            f"There is no assignment '{assignment}' here: source/{assignment}/{assignment}.ipynb is "
            f"missing. This course has {', '.join(names)}."
        )
    return [Course(root, assignment)]


def find_course(start: Path, assignment: str | None = None) -> Course:
    """Return the one assignment meant; raise UsageError where the course has several and none is named."""
    courses = find_courses(start, assignment)
    if len(courses) > 1:
        names = ", ".join(course.assignment for course in courses)
        raise UsageError(f"This course has several assignments: say --assignment, one of {names}.")
    return courses[0]


def check_name(assignment: str) -> None:
    """Raise UsageError where this cannot be an assignment's name."""
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", assignment):
        raise UsageError(f"'{assignment}' is no assignment's name: use letters, digits, _ and -.")
