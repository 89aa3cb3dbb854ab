"""The log of nbgrader's commands on a terminal: a student's names and messages are text in it."""

from __future__ import annotations

import logging

from tornado.log import LogFormatter

from autograder.plaintext import spelled


class PlainFormatter(LogFormatter):
    """nbgrader's own formatter, for a message in which nothing hides or steers a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; the record itself stays as it is for other handlers."""
        plain = logging.makeLogRecord(record.__dict__)
        plain.msg, plain.args = spelled(record.getMessage()), None
        return super().format(plain)

    def formatException(self, exc_info: object) -> str:  # noqa: N802 - logging's name
        """Return the traceback, in which a student's exception may speak."""
        return spelled(super().formatException(exc_info))  # type: ignore[arg-type]
