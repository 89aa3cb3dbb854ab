"""What was answered, kept on disk: nothing is answered twice, however the last run ended.

A line is written once the feedback lies where the student finds it. A run that was killed before that is
followed by one that finds the submission once more, and comes to the same feedback; where the same bytes are
there already, it only writes the line.
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_TABLE = """
CREATE TABLE IF NOT EXISTS answers (
    place TEXT NOT NULL, version TEXT NOT NULL, student TEXT NOT NULL, sha256 TEXT, day TEXT NOT NULL,
    answer TEXT NOT NULL, at TEXT NOT NULL
) STRICT
"""


class Answer(StrEnum):
    """How a submission was answered."""

    GRADED = "graded"
    REJECTED = "rejected"
    TOO_MANY = "too_many"  # of this student's on one day
    SAME_AGAIN = "same_again"  # the very bytes that were answered last
    FAULT = "fault"  # of ours, so it is graded again in the next run


_OPEN = (Answer.TOO_MANY, Answer.FAULT)


@dataclass(frozen=True)
class Line:
    """One answer: of what, and on which day."""

    place: str
    version: str
    student: str
    sha256: str | None
    day: str
    answer: Answer
    at: str

    def is_about(self, sha256: str | None) -> bool:
        """Tell whether these bytes were graded or rejected, so that they need no other answer."""
        return self.sha256 is not None and self.sha256 == sha256 and self.answer not in _OPEN


class Journal:
    """The answers of all runs in a file of SQLite; several threads may use it."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._file = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._file.execute("PRAGMA synchronous = FULL")
        self._file.execute(_TABLE)
        # What broke in an earlier run is tried anew, with whatever was mended since.
        self._file.execute("DELETE FROM answers WHERE answer = ?", (Answer.FAULT,))
        answers = self._file.execute("SELECT place, version FROM answers ORDER BY rowid")
        self._known: dict[str, str] = dict(answers)  # the newest of each place

    def is_answered(self, place: str, version: str) -> bool:
        """Tell whether what lies there has its answer; this is asked several times a second."""
        return self._known.get(_text(place)) == _text(version)

    def last(self, place: str) -> Line | None:
        """Return the newest answer to what has lain there."""
        found = self._ask(
            "SELECT * FROM answers WHERE place = ? ORDER BY rowid DESC LIMIT 1", place
        )
        return _line(found[0]) if found else None

    def graded(self, student: str, day: str) -> int:
        """Return how many of a student's submissions were graded on this day."""
        question = "SELECT count(*) FROM answers WHERE student = ? AND day = ? AND answer = ?"
        ((count,),) = self._ask(question, student, day, Answer.GRADED)
        return int(count)

    def add(self, line: Line) -> None:
        """Write an answer down for good."""
        values = (
            line.place,
            line.version,
            line.student,
            line.sha256,
            line.day,
            line.answer,
            line.at,
        )
        self._ask("INSERT INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", *values)
        self._known[_text(line.place)] = _text(line.version)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._file.close()

    def _ask(self, question: str, *values: str | None) -> list[tuple[str, ...]]:
        with self._lock:
            return self._file.execute(
                question, [each and _text(each) for each in values]
            ).fetchall()


def _text(value: str) -> str:
    """Return what SQLite takes: a file's name need not be UTF-8."""
    return value.encode(errors="backslashreplace").decode()


def _line(row: tuple[str, ...]) -> Line:
    place, version, student, sha256, day, answer, at = row
    return Line(place, version, student, sha256, day, Answer(answer), at)
