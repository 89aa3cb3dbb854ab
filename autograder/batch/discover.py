"""From paths to submissions: notebooks, or folders in nbgrader's layout ``<student>/<assignment>/``."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.limits import MAX_NOTEBOOK

_LINK = "This submission is a link, not a file. Please submit the notebook itself."


@dataclass(frozen=True)
class Submission:
    """One student's file; `refusal` is the sentence that says why it may not be read, if it may not."""

    student: str
    path: Path
    refusal: str | None = None

    def read(self) -> bytes:
        """Return the notebook's bytes, without following a link."""
        descriptor = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(MAX_NOTEBOOK + 1)


def discover(paths: list[Path], assignment: str) -> list[Submission]:
    """Return the submissions under `paths`, by student.

    A path is a notebook, one student's folder, or a folder of notebooks and of such folders.
    Raises UsageError where a path does not exist, holds none, or two submissions are one student's.
    """
    found: dict[str, Submission] = {}
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(f"{path} does not exist: name notebooks or folders of submissions.")
        submissions = list(_under(path, assignment))
        if not submissions:
            raise UsageError(
                f"{path} holds no submission: expected notebooks, "
                f"or folders like <student>/{assignment}/{assignment}.ipynb."
            )
        for submission in submissions:
            other = found.setdefault(submission.student, submission)
            if other.path != submission.path:
                raise UsageError(
                    f"{other.path} and {submission.path} are both of the student "
                    f"'{submission.student}': grade them in separate calls with separate --out."
                )
    return [found[student] for student in sorted(found)]


def _under(path: Path, assignment: str) -> Iterator[Submission]:
    if path.suffix == ".ipynb" or not path.is_dir():
        yield _checked(_student_of(path, assignment), path)
    elif (path / assignment).is_dir():
        yield _of_student(path.resolve().name, path / assignment, assignment)
    else:
        for notebook in _notebooks(path):
            yield _checked(_student_of(notebook, assignment), notebook)
        for folder in sorted(path.iterdir()):
            if (folder / assignment).is_dir() and not folder.name.startswith("."):
                linked = Submission(folder.name, folder, _LINK) if folder.is_symlink() else None
                yield linked or _of_student(folder.name, folder / assignment, assignment)


def _student_of(path: Path, assignment: str) -> str:
    """Return the folder's name in nbgrader's layout, else the file's."""
    folder = path.absolute().parent
    return folder.parent.name if folder.name == assignment else path.stem


def _of_student(student: str, folder: Path, assignment: str) -> Submission:
    if folder.is_symlink():
        return Submission(student, folder, _LINK)
    notebook = folder / f"{assignment}.ipynb"
    if notebook.exists() or notebook.is_symlink():
        return _checked(student, notebook)
    others = _notebooks(folder)
    if len(others) == 1:
        return _checked(student, others[0])
    many = "more than one notebook" if others else "no notebook"
    sentence = f"There is {many} in this submission. Please submit one file, {assignment}.ipynb."
    return Submission(student, folder, sentence)


def _notebooks(folder: Path) -> list[Path]:
    """Return the notebooks in the folder; what begins with a dot is some program's, not a person's."""
    return sorted(p for p in folder.glob("*.ipynb") if not p.name.startswith("."))


def _checked(student: str, path: Path) -> Submission:
    """Refuse what is no ordinary file of a sane size before a byte of it is read."""
    status = path.lstat()
    refusal = None
    if stat.S_ISLNK(status.st_mode):
        refusal = _LINK
    elif not stat.S_ISREG(status.st_mode):
        refusal = "This submission is not an ordinary file. Please submit the notebook itself."
    elif status.st_size > MAX_NOTEBOOK:
        refusal = (
            f"This notebook is larger than {MAX_NOTEBOOK // 2**20} MB. "
            "Clear its outputs, save it and submit it again."
        )
    return Submission(student, path, refusal)
