"""Finds the notebook that a report is about, and what people look at of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.batch.reading import read_path
from autograder.errors import AutograderError
from autograder.nbgrader import shown
from autograder.nbgrader.shown import Shown
from autograder.report import Outcome, Report
from autograder.submission.assignment import Assignment
from autograder.submission.read import Rejected


class NotGraded(AutograderError):
    """There is no score for what was handed in, through no fault of the student's; the text says why."""


@dataclass(frozen=True)
class FoundNotebook:
    """What is shown, and the folder in which the notebook lies; `missing` where none can be read there."""

    shown: Shown
    folder: Path | None
    missing: bool = False


def find(
    assignment: Assignment, released: NotebookNode, report: Report, paths: Sequence[Path]
) -> FoundNotebook:
    """Return what people look at of the notebook, among those at `paths`, that has this report.

    Of what was not graded nothing is read: it may be made to be read forever. Raises NotGraded where others
    lie there by now.
    """
    there = [path for path in paths if path.is_file()]
    folder = there[0].parent if there else None
    if report.outcome is not Outcome.GRADED:
        return FoundNotebook(shown.as_released(released), folder)
    for path in there:
        handed_in = read_path(report.student, path)
        if handed_in.notebook is not None and handed_in.sha256 == report.submission_sha256:
            try:
                return FoundNotebook(shown.shown(assignment, released, handed_in.notebook), folder)
            except Rejected:  # another Python than the one that graded it may draw a line elsewhere
                return FoundNotebook(shown.as_released(released), folder, missing=True)
    if there:
        raise NotGraded(
            f"another notebook has been handed in since ({there[0].name}): run 'autograder grade' first"
        )
    return FoundNotebook(shown.as_released(released), None, missing=True)
