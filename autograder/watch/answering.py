"""Answers one arrival: reads it, grades it unless it is one too many, and puts the feedback there.

The order makes a kill at any moment harmless: first the report, then the feedback, then the journal's line. A
later run finds the report of the same bytes and makes the same feedback of it.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.batch.job import Job
from autograder.batch.reading import HandedIn
from autograder.batch.store import Store
from autograder.batch.submission_grader import SubmissionGrader
from autograder.outputs import feedback
from autograder.plaintext import told_apart
from autograder.report import Outcome, Report
from autograder.watch.arrival import Arrival, Layout, is_whole
from autograder.watch.journal import Answer, Journal, Line

_UNREADABLE = "This file cannot be read. Please submit it again."
_FOR_STUDENTS = {Outcome.GRADED: Answer.GRADED, Outcome.REJECTED: Answer.REJECTED}
# A disk or a server that breaks is not the student's doing.
_PASSES = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ESTALE}
_OURS = {errno.EIO, errno.ESTALE, errno.EMFILE, errno.ENFILE, errno.ENOMEM}


class NotYet(Exception):
    """What has arrived cannot be answered now: look at it again in a while. The text says why, or nothing."""


@dataclass(frozen=True)
class Answering:
    """What is needed to answer: where submissions lie, what was answered, with what is graded.

    `per_day` is how many of a student's are graded on one day, None where that is any number. `say` is told
    in a sentence what was done.
    """

    layout: Layout
    journal: Journal
    store: Store
    job: Job
    per_day: int | None
    say: Callable[[str], None]
    now: Callable[[], datetime] = datetime.now

    def answer(
        self, arrival: Arrival, grader: SubmissionGrader, is_last_look: bool
    ) -> Report | None:
        """Answer an arrival; return the report if it was graded now.

        Raises NotYet where it is not whole, unless this is the last look, and where feedback cannot be put
        there now; EngineError and Stopped as `grader` does.
        """
        try:
            chosen = arrival.chosen(self.job.assignment)
            handed_in = self._read(arrival, chosen.path, chosen.refusal)
        except FileNotFoundError:
            raise NotYet from None  # taken away again
        half = handed_in.notebook is not None and not is_whole(handed_in.notebook)
        if (half or not arrival.complete) and not is_last_look:
            raise NotYet
        last = self.journal.last(arrival.key)
        if last is not None and last.is_about(handed_in.sha256):
            self._write_down(arrival, handed_in, Answer.SAME_AGAIN)
            self._tell(arrival, "the same file again, which was answered before.")
            return None
        if self._is_one_too_many(arrival.student, handed_in):
            self._put(arrival, chosen.path, _too_many(self.job.assignment, self.per_day or 0))
            self._write_down(arrival, handed_in, Answer.TOO_MANY)
            self._tell(arrival, f"not graded, for {self.per_day} were today.")
            return None
        report = self._current(handed_in, grader) or grader.grade(handed_in)
        self.store.write(report)
        self._finish(arrival, chosen.path, handed_in, report)
        return report

    def _read(self, arrival: Arrival, path: Path, refusal: str | None) -> HandedIn:
        if refusal is not None:
            return HandedIn(arrival.student, refusal=refusal)
        try:
            notebook = arrival.spot.read(path.name)
        except FileNotFoundError:
            raise
        except OSError as error:
            if error.errno in _OURS:
                return HandedIn(
                    arrival.student, fault=f"{path} could not be read: {error.strerror}"
                )
            return HandedIn(arrival.student, refusal=_UNREADABLE)
        return HandedIn(arrival.student, notebook, hashlib.sha256(notebook).hexdigest())

    def _is_one_too_many(self, student: str, handed_in: HandedIn) -> bool:
        """Tell whether the day's number is used up; what has nothing to grade costs none of it."""
        if self.per_day is None or handed_in.notebook is None:
            return False
        return self.journal.graded(student, self._day()) >= self.per_day

    def _current(self, handed_in: HandedIn, grader: SubmissionGrader) -> Report | None:
        if handed_in.sha256 is None:
            return None
        return self.store.current(
            handed_in.student, handed_in.sha256, self.job.judged_by, grader.seed(handed_in)
        )

    def _finish(self, arrival: Arrival, path: Path, handed_in: HandedIn, report: Report) -> None:
        if report.outcome is Outcome.GRADER_ERROR:
            self._put(arrival, path, f"{report.assignment}: {report.message}\n")
            self._write_down(arrival, handed_in, Answer.FAULT)
            return
        where = self._put(arrival, path, feedback.make([report]))
        self._write_down(arrival, handed_in, _FOR_STUDENTS[report.outcome])
        points = f"{report.score:g} points" if report.outcome is Outcome.GRADED else "rejected"
        self._tell(
            arrival, f"{points}; {where or 'no notebook, so there is no place for feedback'}"
        )

    def _put(self, arrival: Arrival, path: Path, text: str) -> Path | None:
        """Put feedback; where that is impossible, a student has made it so, and the report is kept."""
        try:
            return self.layout.put(arrival, path, text)
        except OSError as error:
            reason = error.strerror or str(error)
            if error.errno in _PASSES:
                raise NotYet(
                    f"the feedback cannot be put there now ({reason}), and is tried again."
                ) from error
            self._tell(
                arrival, f"the feedback could not be put there ({reason}); the report is kept."
            )
            return None

    def _write_down(self, arrival: Arrival, handed_in: HandedIn, answer: Answer) -> None:
        at = self.now().isoformat(timespec="seconds")
        line = Line(
            arrival.key, arrival.version, arrival.student, handed_in.sha256, self._day(), answer, at
        )
        self.journal.add(line)

    def _day(self) -> str:
        return self.now().date().isoformat()

    def _tell(self, arrival: Arrival, what: str) -> None:
        self.say(f"{told_apart(arrival.student, 60)}: {what}")


def _too_many(assignment: str, per_day: int) -> str:
    """Return what a student reads whose number for the day is used up."""
    were = "were" if per_day > 1 else "was"
    return (
        f"{assignment}: {per_day} of your notebooks {were} graded today, and that is all for one day. "
        "This one was not graded here. Submit it again tomorrow.\n"
    )
