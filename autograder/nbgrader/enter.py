"""Enters a class into nbgrader's gradebook, and puts notebooks where formgrader looks for them."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc

from autograder import files
from autograder.course.folder import Course
from autograder.grades import late
from autograder.grades.standing import Standing
from autograder.nbgrader import entry, plain_feedback, shown
from autograder.nbgrader.entry import Penalty
from autograder.nbgrader.gradebook import Book
from autograder.nbgrader.notebooks import NotGraded, find
from autograder.nbgrader.plain_notebook import PlainData
from autograder.nbgrader.trouble import NotTaken
from autograder.outputs.sentences import AT_ONCE
from autograder.report import Visibility
from autograder.submission.assignment import Assignment, load_assignment

_READ_ONLY = 0o444  # as nbgrader leaves what it has autograded
_TIMESTAMP = "timestamp.txt"

Files = Callable[[str], Sequence[Path]]
"""From a student to the notebooks that were handed in, one of which was graded."""


@dataclass(frozen=True)
class Entered:
    """What came of it: who was entered, and by student why another was left out, or has no notebook to show.

    `gradebook` is its URL without the password.
    """

    gradebook: str
    students: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    not_shown: dict[str, str] = field(default_factory=dict)


def directory(course: Course) -> CourseDirectory:
    """Return the course folder as nbgrader is configured for it."""
    app = NbGrader(log_level="ERROR")
    with contextlib.chdir(course.root):  # nbgrader looks for its configuration there, too
        app.initialize([], root=str(course.root))
    return app.coursedir


def enter(
    course: Course,
    standings: Sequence[Standing],
    submitted: Files | None = None,
    url: str | None = None,
    visible: Collection[Visibility] = AT_ONCE,
) -> Entered:
    """Enter everybody who has a score into the gradebook at `url`, else into the course's own.

    `submitted` tells where notebooks lie, if not where nbgrader has them. Raises GradebookError where the
    gradebook cannot be used; what was entered until then stays.
    """
    place = directory(course)
    with Book(url or place.db_url, place.course_id, course.assignment) as book:
        return _Class(course, place, book, submitted).enter(standings, visible)


def prepare(course: Course, url: str) -> None:
    """Have the gradebook at `url` ready for the assignment; raises GradebookError where it cannot be used."""
    released = nbformat.read(course.released, as_version=4)
    with Book(url, directory(course).course_id, course.assignment) as book:
        book.prepare(released, due(load_assignment(course)))


class _Class:
    """One assignment's class on its way into an open gradebook."""

    def __init__(
        self, course: Course, place: CourseDirectory, book: Book, submitted: Files | None
    ) -> None:
        self._course, self._place, self._book = course, place, book
        self._submitted = submitted or self._nbgraders
        self._assignment: Assignment = load_assignment(course)
        self._released: NotebookNode = nbformat.read(course.released, as_version=4)

    def enter(self, standings: Sequence[Standing], visible: Collection[Visibility]) -> Entered:
        """Enter all, one after the other; what is wrong with one keeps nobody else out."""
        done = Entered(self._book.name)
        self._book.prepare(self._released, due(self._assignment))
        for standing in standings:
            problem = entry.problem(standing) or _no_folder(standing.student)
            try:
                if problem is None:
                    self._enter(standing, visible, done)
                    done.students.append(standing.student)
                else:
                    done.left_out[standing.student] = problem
                    if standing.member is not None:
                        self._book.enroll(standing.student, standing.member)
            except (NotTaken, NotGraded) as error:
                done.left_out[standing.student] = str(error)
        return done

    def _enter(self, standing: Standing, visible: Collection[Visibility], done: Entered) -> None:
        seen, folder = shown.as_released(self._released), None
        if standing.report is not None:
            paths = self._submitted(standing.report.student)
            found = find(self._assignment, self._released, standing.report, paths)
            seen, folder = found.shown, found.folder
            if found.missing:
                done.not_shown[standing.student] = (
                    "the notebook that was graded is not there any more, or cannot be read here"
                )
        rule = penalty(self._assignment, standing)
        content = entry.entry(self._assignment, standing, seen.beside, visible, rule)
        before = self._path(standing.student)
        self._book.enter(content, _moment(standing, folder), _changed(before, seen.notebook))
        if standing.student not in done.not_shown:
            plain_feedback.say(seen.notebook, content.comments)
            self._write(before, seen.notebook, folder)

    def _write(self, path: Path, notebook: NotebookNode, folder: Path | None) -> None:
        plain, _ = PlainData().preprocess(notebook, {})
        files.make_folder(path.parent)
        files.write(path, nbformat.writes(plain) + "\n", _READ_ONLY)
        if folder is not None and (folder / _TIMESTAMP).is_file():
            shutil.copyfile(folder / _TIMESTAMP, path.with_name(_TIMESTAMP))

    def _path(self, student: str) -> Path:
        """Return where formgrader and feedback pages look for a student's notebook."""
        step = self._place.autograded_directory
        folder = self._place.format_path(step, student, self._course.assignment)
        return Path(folder) / self._course.master.name

    def _nbgraders(self, student: str) -> Sequence[Path]:
        """Return the notebooks where nbgrader has what a student submitted, the assignment's own first."""
        step = self._place.submitted_directory
        folder = Path(self._place.format_path(step, student, self._course.assignment))
        named = folder / self._course.master.name
        return [named, *sorted(set(folder.glob("*.ipynb")) - {named})]


def due(assignment: Assignment) -> datetime | None:
    """Return when the assignment is due, in nbgrader's time, which is UTC without a zone."""
    settings = assignment.settings
    moment = late.due(settings, late.timezone(settings))
    return None if moment is None else moment.astimezone(UTC).replace(tzinfo=None)


def penalty(assignment: Assignment, standing: Standing) -> Penalty | None:
    """Return what being late takes off; None where the date is nbgrader's to know."""
    settings = assignment.settings
    if settings.due is None:
        return None
    return lambda score: late.penalty(score, standing.late_seconds, settings.late)


def _moment(standing: Standing, folder: Path | None) -> datetime | None:
    """Return when it was handed in as nbgrader has it: what the file beside the notebook says.

    Formgrader shows a submission as graded only where the gradebook says the same.
    """
    if folder is None:
        moment = standing.handed_in
        return None if moment is None else moment.astimezone(UTC).replace(tzinfo=None)
    with contextlib.suppress(OSError, ValueError, OverflowError):
        text = (folder / _TIMESTAMP).read_text("utf-8", errors="replace").strip()
        stamp: datetime | None = parse_utc(text) if text else None
        return stamp
    return None


def _no_folder(student: str) -> str | None:
    if student in ("", ".", "..") or "/" in student or "\0" in student:
        return "nbgrader cannot have a folder of this name"
    return None


def _changed(path: Path, notebook: NotebookNode) -> Callable[[str], bool]:
    """Return what tells of a cell whether it says something else than the notebook that lies there."""
    before: Mapping[str, str] = {}
    with contextlib.suppress(OSError, ValueError):
        before = _sources(nbformat.read(path, as_version=4))
    now = _sources(notebook)
    return lambda name: before.get(name) != now.get(name)


def _sources(notebook: NotebookNode) -> dict[str, str]:
    return {
        cell.metadata.get("nbgrader", {}).get("grade_id", ""): cell.source
        for cell in notebook.cells
    }
