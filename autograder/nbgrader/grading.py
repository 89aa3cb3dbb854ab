"""What `nbgrader autograde` grades with: sessions of ours, side by side, in place of a kernel on the host.

nbgrader takes one submission after the other. When it comes to the first, all that wait are graded; their
reports are kept where those of `autograder grade` are, so neither grades what the other has graded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.converters import Autograde
from traitlets import Enum, Int, Unicode
from traitlets.config import LoggingConfigurable

from autograder.batch import local
from autograder.batch.discover import Submission, checked
from autograder.batch.job import make_job
from autograder.batch.store import Store
from autograder.course.folder import Course
from autograder.engines.registry import choose
from autograder.errors import AutograderError
from autograder.fault import headline
from autograder.grades.collected import TAKEN
from autograder.grades.collected import Entry as Collected
from autograder.grades.decisions import decisions_of
from autograder.grades.standings import standings
from autograder.nbgrader.enter import penalty
from autograder.nbgrader.entry import Entry, entry
from autograder.nbgrader.notebooks import NotGraded, find
from autograder.outputs.sentences import WHEN
from autograder.plaintext import told_apart
from autograder.report import Outcome, Report
from autograder.submission.assignment import Assignment, load_assignment


class SandboxGrading(LoggingConfigurable):
    """Grades the submissions of one run of `nbgrader autograde`, all of one assignment."""

    engine = Unicode(
        "auto", help="Where student code runs: auto, docker, bubblewrap or process."
    ).tag(config=True)
    workers = Int(0, help="Sessions side by side; 0 for as many as there are cores.").tag(
        config=True
    )
    when = Enum(
        list(WHEN),
        "submitted",
        help="When students read the comments: which checks they may see by then.",
    ).tag(config=True)
    reports = Unicode("graded", help="The folder of reports, in the course's folder.").tag(
        config=True
    )

    def __init__(self, converter: Autograde, assignment: str) -> None:
        super().__init__(parent=converter)
        self._converter = converter
        self.course = Course(Path(converter.coursedir.root).resolve(), assignment)
        self.assignment: Assignment = load_assignment(self.course)
        self.released: NotebookNode = nbformat.read(self.course.released, as_version=4)
        self._graded: dict[str, Report] = {}
        self._failure: AutograderError | None = None

    def _report(self, student: str) -> Report:
        """Return the report on a student's submission, graded with all that wait behind it."""
        if student not in self._graded and self._failure is None:
            self._grade(student)
        found = self._graded.get(student)
        if found is None:
            raise self._failure or NotGraded(f"{told_apart(student, 60)} was not graded.")
        if found.outcome is Outcome.GRADER_ERROR:
            raise NotGraded(
                f"{told_apart(student, 60)} has no score, through no fault of theirs "
                f"({headline(found.fault or '')}): their grades stay as they were. Run this again."
            )
        return found

    def entry(self, student: str) -> tuple[Entry, NotebookNode]:
        """Return what is entered of a student, and the notebook that people look at.

        Raises NotGraded where there is no score, and whatever kept the whole batch from being graded.
        """
        report = self._report(student)
        folder = self._converter._format_source(self.course.assignment, student)
        found = find(
            self.assignment, self.released, report, [Path(folder, self.course.master.name)]
        )
        if found.missing:
            raise NotGraded(f"The notebook of {told_apart(student, 60)} cannot be read any more.")
        moment = self._converter.coursedir.get_existing_timestamp(folder)
        taken = Collected(student, folder, TAKEN, time=moment and moment.replace(tzinfo=UTC))
        decided = decisions_of(self.course, self.assignment.ids)
        everybody = standings(self.course, [report], None, decided, [taken])
        standing = next(each for each in everybody if each.student == student)
        rule = penalty(self.assignment, standing)
        content = entry(
            self.assignment, standing, found.shown.beside, WHEN[self.when], penalty=rule
        )
        return content, found.shown.notebook

    def _grade(self, student: str) -> None:
        submissions = [s for s in self._submissions() if s.student == student or self._waits(s)]
        store = Store(self.course.root / self.reports / self.course.assignment)
        try:
            choice = choose(self.course, self.engine)
            job = make_job(self.course, choice, workers=self.workers or os.cpu_count() or 1)
            why = choice.reason or choice.engine.name
            self.log.info("Grading %s submissions with %s", len(submissions), why)
            local.grade(job, submissions, store, self._keep, self.log.warning)
        except AutograderError as error:
            self._failure = error

    def _keep(self, report: Report) -> None:
        self._graded[report.student] = report

    def _submissions(self) -> Iterator[Submission]:
        """Yield what nbgrader found of this assignment, each student's notebook of the right name."""
        for folder, notebooks in sorted(self._converter.assignments.items()):
            path = os.path.join(folder, self.course.master.name)
            if path in notebooks:
                about = self._converter.init_single_notebook_resources(path)["nbgrader"]
                if about["assignment"] == self.course.assignment:
                    yield checked(about["student"], Path(path))

    def _waits(self, submission: Submission) -> bool:
        """Tell whether nbgrader will come to a submission in this run, as `init_destination` tells it."""
        converter, directory = self._converter, self._converter.coursedir
        if submission.student in directory.student_id_exclude.split(","):
            return False
        destination = converter._format_dest(self.course.assignment, submission.student)
        if converter.force or not os.path.exists(destination):
            return True
        new = directory.get_existing_timestamp(str(submission.path.parent))
        old = directory.get_existing_timestamp(destination)
        return new is not None and old is not None and new > old
