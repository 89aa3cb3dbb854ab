"""From paths to submissions: notebooks, or folders in nbgrader's layout ``<student>/<assignment>/``."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.errors import UsageError
from autograder.limits import MAX_NOTEBOOK

_LINK = "This submission is a link, not a file. Please submit the notebook itself."
_NO_FILE = "This submission is not an ordinary file. Please submit the notebook itself."
_CLOSED = (
    "This submission is locked: its permissions keep everybody out. Please submit it again, as a file "
    "that others may read."
)


class NoSubmission(UsageError):
    """A path does not exist, or holds no submission."""


@dataclass(frozen=True)
class Submission:
    """One student's file; `refusal` is the sentence that says why it may not be read, if it may not.

    `several` are all notebooks that were handed in where there is more than one: several.py says which
    counts.
    """

    student: str
    path: Path
    refusal: str | None = None
    several: tuple[Path, ...] = ()

    def read(self) -> bytes:
        """Return the notebook's bytes, at most one more than a notebook may have.

        Raises OSError for a link, and for what is no file any more since it was found.
        """
        with open(self.path, "rb", opener=_no_link) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(errno.EINVAL, "no ordinary file", str(self.path))
            return file.read(MAX_NOTEBOOK + 1)


def _no_link(path: str, flags: int) -> int:
    """Open without following a link, or waiting for the other end of a pipe (open(2))."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def discover(paths: list[Path], assignment: str) -> list[Submission]:
    """Return the submissions under `paths`, by student.

    A path is a notebook, one student's folder, or a folder of notebooks and of such folders.
    Raises NoSubmission where a path does not exist or holds none, UsageError where two submissions are
    one student's.
    """
    found: dict[str, Submission] = {}
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise NoSubmission(f"{path} does not exist: name notebooks or folders of submissions.")
        submissions = list(_under(path, assignment))
        if not submissions:
            raise NoSubmission(
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
    if _is_notebook(path) or not path.is_dir():
        yield checked(_student_of(path, assignment), path)
    elif _is_there(path / assignment):
        yield _of_student(path.resolve().name, path / assignment, assignment)
    else:
        for entry in sorted(path.iterdir()):
            if not entry.name.startswith("."):
                yield from _of_class(entry, assignment)


def _of_class(entry: Path, assignment: str) -> Iterator[Submission]:
    """Yield what an entry of a class's folder is: a notebook, a student's folder, or nothing of ours."""
    try:
        if _is_notebook(entry):
            yield checked(_student_of(entry, assignment), entry)
        elif entry.is_symlink():
            if not entry.exists() or _is_there(entry / assignment):
                yield Submission(entry.name, entry, _LINK)
        elif _is_there(entry / assignment):
            yield _of_student(entry.name, entry / assignment, assignment)
    except PermissionError:
        yield Submission(entry.name, entry, _CLOSED)


def _is_there(path: Path) -> bool:
    """Tell whether there is anything of this name, a link that leads nowhere included."""
    return path.is_symlink() or path.exists()


def _is_notebook(path: Path) -> bool:
    return path.suffix.lower() == ".ipynb"


def _student_of(path: Path, assignment: str) -> str:
    """Return the folder's name in nbgrader's layout, else the file's."""
    folder = path.absolute().parent
    return folder.parent.name if folder.name == assignment else path.stem


def _of_student(student: str, folder: Path, assignment: str) -> Submission:
    if folder.is_symlink():
        return Submission(student, folder, _LINK)
    if not folder.is_dir():
        return Submission(student, folder, _NO_FILE)
    try:
        found = [p for p in sorted(folder.iterdir()) if _is_notebook(p) and p.name[0] != "."]
    except PermissionError:
        return Submission(student, folder, _CLOSED)
    return of_notebooks(student, folder, found, assignment)


def of_notebooks(student: str, folder: Path, found: Sequence[Path], assignment: str) -> Submission:
    """Return the submission of a student in whose folder these notebooks lie: none, one or several.

    Where there are several, the one with the assignment's name stands for them until several.py has looked.
    """
    named = [path for path in found if path.name == f"{assignment}.ipynb"]
    several = tuple(found) if len(found) > 1 else ()
    if len(found) == 1 or named:
        return replace(checked(student, (named or found)[0]), several=several)
    many = "more than one notebook" if found else "no notebook"
    sentence = f"There is {many} in this submission. Please submit one file, {assignment}.ipynb."
    return Submission(student, folder, sentence, several)


def checked(student: str, path: Path) -> Submission:
    """Refuse what is no ordinary file of a sane size before a byte of it is read."""
    status = path.lstat()
    refusal = None
    if stat.S_ISLNK(status.st_mode):
        refusal = _LINK
    elif not stat.S_ISREG(status.st_mode):
        refusal = _NO_FILE
    elif status.st_size > MAX_NOTEBOOK:
        refusal = (
            f"This notebook is larger than {MAX_NOTEBOOK // 2**20} MB. "
            "Clear its outputs, save it and submit it again."
        )
    return Submission(student, path, refusal)
