"""The course folder: where the master, the release and the hidden checks of an assignment lie."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError

PACKAGE = Path(__file__).resolve().parent


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
    def checks(self) -> Path:
        """The hidden checks."""
        return PACKAGE / "checks" / self.assignment

    def secrets(self) -> tuple[Path, ...]:
        """Return the folders that only the trusted side may read; above them all is open."""
        return (self.checks.parent, self.source.parent)

    def runtime(self) -> tuple[Path, ...]:
        """Return the folders that student code needs: Python, its libraries and the release."""
        return (*libraries(), self.release)

    def modules(self) -> tuple[Path, ...]:
        """Return what students received to import: all that a worker may read of the course.

        A solution that loads the trained agent, for instance, has built nothing.
        """
        return (*self.release.glob("*.py"), self.release / "__pycache__")


def libraries() -> tuple[Path, Path]:
    """Return the folders of Python and of its libraries."""
    return Path(sys.prefix), Path(sys.base_prefix)


def find_course(start: Path, assignment: str) -> Course:
    """Return the course that the folder `start` lies in, else the one that this package lies in.

    Raises UsageError where neither has a master notebook of that name.
    """
    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", assignment):
        raise UsageError(f"'{assignment}' is no assignment's name: use letters, digits, _ and -.")
    for folder in (start.resolve(), *start.resolve().parents, PACKAGE.parent):
        if Course(folder, assignment).master.is_file():
            return Course(folder, assignment)
    raise UsageError(
        f"There is no assignment '{assignment}' here: "
        f"source/{assignment}/{assignment}.ipynb is missing. Run this inside the course folder."
    )
