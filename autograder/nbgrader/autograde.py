"""`nbgrader autograde` without running anything on the host: three parts that config.py puts in their places.

SubmissionExporter   reads what was handed in, whatever is wrong with it, and hands on a notebook for people
GradeInSandbox       stands in place of nbgrader's Execute: enters the report into the gradebook
SetLatePenalty       stands in place of AssignLatePenalties, where assignment.toml says when it is due
"""

from __future__ import annotations

import os
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties, NbGraderPreprocessor
from traitlets.config import Config

from autograder.errors import AutograderError
from autograder.nbgrader.enter import due
from autograder.nbgrader.entry import Entry
from autograder.nbgrader.gradebook import Book
from autograder.nbgrader.grading import SandboxGrading
from autograder.nbgrader.plain_feedback import say

Resources = dict[str, Any]


class SubmissionExporter(NotebookExporter):
    """Takes the place of the exporter that reads notebooks: no notebook is too broken for it."""

    def __init__(self, config: Config | None = None, **more: Any) -> None:
        super().__init__(config=config, **more)  # type: ignore[no-untyped-call]
        self._gradings: dict[str, SandboxGrading] = {}
        if isinstance(self.parent, Autograde):
            try:
                self._prepare(self.parent)
            except AutograderError as error:
                self.log.error("%s", error)
                raise NbGraderException(str(error)) from error

    def from_filename(
        self, filename: str, resources: Resources | None = None, **more: Any
    ) -> tuple[Any, Resources]:
        """Return a notebook as text: of a submission what people look at, any other as it is."""
        if resources is None or not getattr(self.parent, "_sanitizing", False):
            return super().from_filename(filename, resources, **more)
        about = resources["nbgrader"]
        grading, student = self._gradings[about["assignment"]], about["student"]
        self.entry, notebook = grading.entry(student)
        folder, name = os.path.split(filename)
        resources["metadata"] = {"name": os.path.splitext(name)[0], "path": folder}
        plain: tuple[Any, Resources] = self.from_notebook_node(notebook, resources)  # type: ignore[no-untyped-call]
        return plain

    def _prepare(self, converter: Autograde) -> None:
        """Have the gradebook know each assignment that is about to be graded, as it was released."""
        directory = converter.coursedir
        for folder, notebooks in converter.assignments.items():
            about = converter.init_single_notebook_resources(notebooks[0])["nbgrader"]
            name = about["assignment"]
            if name in self._gradings or not folder:
                continue
            grading = self._gradings[name] = SandboxGrading(converter, name)
            with Book(directory.db_url, directory.course_id, name) as book:
                book.prepare(grading.released, due(grading.assignment))


class GradeInSandbox(NbGraderPreprocessor):  # type: ignore[misc]
    """Enters what a sandbox of ours found, where nbgrader would run the notebook and look at its outputs."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Add to `nb` what is said of it; raises GradebookError where the gradebook takes nothing."""
        about, exporter = resources["nbgrader"], self.parent
        found: Entry = exporter.entry
        directory = exporter.parent.coursedir
        with Book(directory.db_url, directory.course_id, about["assignment"]) as book:
            source = exporter.parent._format_source(about["assignment"], about["student"])
            book.enter(found, directory.get_existing_timestamp(source), lambda cell: True)
        say(nb, found.comments)
        return nb, resources


class LatePenalties(AssignLatePenalties):  # type: ignore[misc]
    """Leaves a penalty as it was entered where assignment.toml has a due date; else nbgrader's counts."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Have nbgrader's plugin reckon, where the date is nbgrader's."""
        if self.parent.entry.penalty is not None:
            return nb, resources
        plain: tuple[NotebookNode, Resources] = super().preprocess(nb, resources)
        return plain
