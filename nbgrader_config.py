"""nbgrader's configuration of this course: every nbgrader command works in this folder."""

from autograder.release.preprocessor import PREPROCESSORS

c = get_config()  # noqa: F821  # nbgrader calls this file with it

c.GenerateAssignment.preprocessors = PREPROCESSORS
# What running the master leaves beside it is no part of the release.
c.CourseDirectory.ignore = [".*", "*.pyc", "__pycache__", "feedback", "pong.keras"]
