"""nbgrader's gradebook, through nbgrader's own API: what is entered for a student, whoever else writes.

Several may write at once, into SQLite or PostgreSQL, and people grade in formgrader meanwhile. Whatever meets
another writer is tried again from the start, which does no harm: everything that is entered can be entered
twice. Of a grade only the automatic score and the wish for a person are written; of a comment the automatic
one.
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import logging
import os
import random
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from nbformat import NotebookNode
from nbgrader.api import Grade, Gradebook, InvalidEntry, MissingEntry, SubmittedNotebook
from nbgrader.preprocessors import SaveCells
from nbgrader.utils import is_grade, is_solution, is_task
from sqlalchemy import text
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from autograder.grades.standing import Member
from autograder.nbgrader.entry import Entry, Mark, Penalty
from autograder.nbgrader.trouble import (
    GradebookError,
    NotTaken,
    is_refused,
    may_pass,
    named,
    sentence,
)
from autograder.plaintext import spelled

_PATIENCE, _TRIES = (
    30.0,
    5,
)  # seconds in which another writer may be in the way, and tries at the least
_PAUSE = 0.5  # seconds at most between two tries
# nbgrader's own name for a course without one: PostgreSQL takes no assignment of a course that is not there.
_COURSE = "default_course"
_LOCK = 0x6E6267726164  # a number that nobody else locks: "nbgrad"
_NAMES = ("first_name", "last_name", "email", "lms_user_id")

Result = TypeVar("Result")


class Book:
    """An open gradebook, for one notebook of one assignment, each of the same name."""

    def __init__(self, url: str, course_id: str, assignment: str) -> None:
        """Open it; raises GradebookError, in which no password is."""
        self.name, self._assignment = named(url), assignment
        with _alembic_found():
            self._book: Gradebook = self._again(lambda: Gradebook(url, course_id or _COURSE))
        self._url = url

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def prepare(self, released: NotebookNode, due: datetime | None = None) -> None:
        """Have the gradebook know the assignment's cells and their points as they are in the release.

        `due` is when it is due, where that is not left to nbgrader. Raises GradebookError where there are
        grades for cells that the release has no more.
        """
        with self._alone():
            self._again(lambda: self._prepare(released, due))

    def enroll(self, student: str, member: Member) -> None:
        """Have a student with these names in the gradebook, without a submission."""
        self._again(lambda: self._book.update_or_create_student(student, **_names(member)))

    def enter(
        self, entry: Entry, handed_in: datetime | None, changed: Callable[[str], bool]
    ) -> None:
        """Enter a student's scores and comments; raises GradebookError.

        `changed` tells of an answer's cell whether another text stands there than a person graded: only then,
        or where nobody has graded it, it is marked for a person.
        """
        self._again(lambda: self._enter(entry, handed_in, changed))

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other preparers of ours out: nbgrader saves a notebook by removing it first."""
        url = self._book.engine.url
        if url.get_backend_name() == "postgresql":
            with self._book.engine.connect() as connection:
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
                yield  # the connection's end is the lock's
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
        elif url.get_backend_name() == "sqlite" and url.database:
            folder = os.open(Path(url.database).parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                with contextlib.suppress(OSError):  # a file system without locks
                    fcntl.flock(folder, fcntl.LOCK_EX)
                yield
            finally:
                os.close(folder)
        else:
            yield

    def _prepare(self, released: NotebookNode, due: datetime | None) -> None:
        known = self._known()
        if due is not None:
            self._book.update_or_create_assignment(self._assignment, duedate=due)
        wanted = _cells(released)
        if known == wanted:
            return
        if known is None and due is None:
            self._book.update_or_create_assignment(self._assignment)
        info = {"notebook": self._assignment, "assignment": self._assignment, "db_url": self._url}
        try:
            SaveCells().preprocess(released, {"nbgrader": info})
        except RuntimeError as error:
            raise GradebookError(
                f"{self.name} holds grades of {self._assignment} for other cells than the release has now: "
                "keep that gradebook for the old release, and name a new one."
            ) from error
        self._book.db.expire_all()

    def _known(self) -> dict[str, float | None] | None:
        """Return the cells that the gradebook has, with their points; None without the assignment."""
        try:
            notebook = self._book.find_notebook(self._assignment, self._assignment)
        except MissingEntry:
            try:
                self._book.find_assignment(self._assignment)
            except MissingEntry:
                return None
            return {}
        cells: dict[str, float | None] = {cell.name: None for cell in notebook.source_cells}
        graded = (*notebook.grade_cells, *notebook.task_cells)
        return cells | {cell.name: float(cell.max_score) for cell in graded}

    def _enter(
        self, entry: Entry, handed_in: datetime | None, changed: Callable[[str], bool]
    ) -> None:
        book = self._book
        self._book.update_or_create_student(entry.student, **_names(entry.member))
        more = {} if handed_in is None else {"timestamp": handed_in}
        submission = book.update_or_create_submission(self._assignment, entry.student, **more)
        if not submission.notebooks:  # it was made before the gradebook knew the notebook
            book.remove_submission(self._assignment, entry.student)
            book.update_or_create_submission(self._assignment, entry.student, **more)
        notebook = book.find_submission_notebook(self._assignment, self._assignment, entry.student)
        for grade in notebook.grades:
            if (mark := entry.marks.get(grade.name)) is not None:
                _put(grade, mark, changed)
        for comment in notebook.comments:
            if comment.name in entry.comments:
                comment.auto_comment = entry.comments[comment.name]
        book.db.flush()
        _penalise(notebook, entry.penalty)
        book.db.commit()

    def _again(self, work: Callable[[], Result]) -> Result:
        """Do some work, anew where another writer was in the way."""
        deadline = time.monotonic() + _PATIENCE
        for tried in itertools.count(1):
            try:
                with _quiet():
                    return work()
            except (SQLAlchemyError, InvalidEntry, ImportError) as error:
                if hasattr(self, "_book"):
                    with contextlib.suppress(SQLAlchemyError):
                        self._book.db.rollback()
                over = tried >= _TRIES and time.monotonic() > deadline
                if over or not may_pass(error):
                    kind = NotTaken if is_refused(error) else GradebookError
                    raise kind(sentence(self.name, error)) from error
            time.sleep(random.uniform(0, _PAUSE))
        raise AssertionError("unreachable")


def _names(member: Member | None) -> dict[str, str]:
    """Return what is known of somebody's names; what is not known is left as it is."""
    if member is None:
        return {}
    return {key: value for key in _NAMES if (value := spelled(getattr(member, key)))}


def _put(grade: Grade, mark: Mark, changed: Callable[[str], bool]) -> None:
    """Set the automatic score, and whether a person has to look.

    What a person gave stays. They look again where they judged another answer than this, or overruled another
    score than this.
    """
    if grade.manual_score is None:
        needed = mark.by_hand
    elif mark.auto_score is None:
        needed = grade.needs_manual_grade or changed(grade.name)
    else:
        needed = grade.needs_manual_grade or grade.auto_score != mark.auto_score
    if grade.auto_score != mark.auto_score:
        grade.auto_score = mark.auto_score
    if grade.needs_manual_grade != needed:
        grade.needs_manual_grade = needed


def _penalise(notebook: SubmittedNotebook, penalty: Penalty | None) -> None:
    """Set what being late costs, reckoned as nbgrader does: from the score with what people gave in it."""
    if penalty is not None:
        notebook.late_submission_penalty = penalty(notebook.score) or None


def _cells(released: NotebookNode) -> dict[str, float | None]:
    """Return the cells that SaveCells saves, with their points."""
    cells: dict[str, float | None] = {}
    for cell in released.cells:
        meta = cell.metadata.get("nbgrader", {})
        if is_grade(cell) or is_task(cell):
            cells[meta["grade_id"]] = float(meta["points"])
        elif is_solution(cell) or meta.get("locked"):
            cells[meta["grade_id"]] = None
    return cells


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep nbgrader from printing the tracebacks of conflicts that pass, and SQLAlchemy its advice."""
    log = logging.getLogger("tornado.application")  # which is nbgrader's, too
    before, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)
            yield
    finally:
        log.disabled = before


@contextlib.contextmanager
def _alembic_found() -> Iterator[None]:
    """Have nbgrader find the program of alembic's which a new gradebook needs, on whatever PATH we are."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
