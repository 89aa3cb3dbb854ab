"""What a course's nbgrader_config.py sets: one call, so that every course has the same safe settings."""

from __future__ import annotations

from pathlib import Path

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import CheckCellMetadata
from traitlets.config import Config

from autograder.nbgrader.autograde import GradeInSandbox, LatePenalties, SubmissionExporter
from autograder.nbgrader.plain_export import PlainExport
from autograder.nbgrader.plain_feedback import GetPlainGrades
from autograder.nbgrader.plain_log import PlainFormatter
from autograder.nbgrader.plain_notebook import PlainData, PlainText
from autograder.nbgrader.preprocessors import PREPROCESSORS


def configure(config: Config, course: Path) -> None:
    """Have nbgrader's commands in the folder `course` release and grade as we do, and show work as text.

    `nbgrader autograde` runs nothing on this machine: it grades in a sandbox, with the hidden checks.

    What students' notebooks say and show is text on the pages of feedback and formgrader, in autograded/,
    and in the log on the terminal.
    """
    config.GenerateAssignment.preprocessors = PREPROCESSORS
    config.Autograde.exporter_class = SubmissionExporter
    config.Autograde.sanitize_preprocessors = [PlainData, CheckCellMetadata]
    config.Autograde.autograde_preprocessors = [
        GradeInSandbox,
        LatePenalties,
        CheckCellMetadata,
    ]
    config.GenerateFeedback.preprocessors = [GetPlainGrades, CSSHTMLHeaderPreprocessor]
    config.ExportApp.plugin_class = PlainExport
    config.HTMLExporter.preprocessors = [PlainText]
    config.PlainText.course = str(course)
    formatter = f"{PlainFormatter.__module__}.{PlainFormatter.__qualname__}"
    config.Application.logging_config = {"formatters": {"console": {"class": formatter}}}
