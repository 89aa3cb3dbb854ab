"""What a course's nbgrader_config.py sets: one call, so that every course has the same safe settings."""

from __future__ import annotations

from pathlib import Path

from nbgrader.converters import Autograde
from traitlets.config import Config

from autograder.nbgrader.plain_log import PlainFormatter
from autograder.nbgrader.plain_notebook import PlainData, PlainText
from autograder.nbgrader.preprocessors import PREPROCESSORS


def configure(config: Config, course: Path) -> None:
    """Have nbgrader's commands in the folder `course` release as we do, and show students' work as text.

    What students' notebooks say and show is text on the pages of feedback and formgrader, in autograded/,
    and in the log on the terminal.
    """
    config.GenerateAssignment.preprocessors = PREPROCESSORS
    config.Autograde.sanitize_preprocessors = [
        PlainData,
        *Autograde.sanitize_preprocessors.default(),
    ]
    config.Autograde.autograde_preprocessors = [
        *Autograde.autograde_preprocessors.default(),
        PlainData,
    ]
    config.HTMLExporter.preprocessors = [PlainText]
    config.PlainText.course = str(course)
    formatter = f"{PlainFormatter.__module__}.{PlainFormatter.__qualname__}"
    config.Application.logging_config = {"formatters": {"console": {"class": formatter}}}
