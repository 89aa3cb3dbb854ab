"""nbgrader's configuration of this course: every nbgrader command works in this folder."""

from pathlib import Path

from nbgrader.converters import Autograde

from autograder.nbgrader.plain_log import PlainFormatter
from autograder.nbgrader.plain_notebook import PlainData, PlainText
from autograder.nbgrader.preprocessors import PREPROCESSORS

c = get_config()  # noqa: F821  # nbgrader calls this file with it

c.GenerateAssignment.preprocessors = PREPROCESSORS
# What running the master leaves beside it is no part of the release. `autograder release` asks git for
# that; nbgrader's own command knows these names alone.
c.CourseDirectory.ignore = [".*", "*.pyc", "__pycache__", "feedback", "pong.keras"]

# What students' notebooks say and show is text: on the pages of feedback and formgrader, in
# autograded/, and in the log on the terminal.
c.Autograde.sanitize_preprocessors = [PlainData, *Autograde.sanitize_preprocessors.default()]
c.Autograde.autograde_preprocessors = [*Autograde.autograde_preprocessors.default(), PlainData]
c.HTMLExporter.preprocessors = [PlainText]
c.PlainText.course = str(Path(__file__).parent)
formatter = f"{PlainFormatter.__module__}.{PlainFormatter.__qualname__}"
c.Application.logging_config = {"formatters": {"console": {"class": formatter}}}
