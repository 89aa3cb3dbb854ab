"""Grades one submission after the other: what was handed in comes in, its report goes out.

A warm session serves many submissions. Where something of ours breaks, the submission is graded once more
in a fresh one. How long a submission may take is the session's to say: it raises EngineError at its
deadline. Nothing here knows of threads, queues or folders: that is the schedulers' business.
"""

from __future__ import annotations

import threading
import time

from autograder import report
from autograder.batch.faults import Faults
from autograder.batch.job import Job
from autograder.batch.reading import HandedIn
from autograder.batch.retry import SessionStarter
from autograder.engines.base import Session
from autograder.errors import EngineError
from autograder.report import Judgement, Outcome, Report

_NO_SEED = 0  # of what has no bytes, and meets no check


class Stopped(Exception):
    """The batch was ended while this was graded: it has no report, and that is nobody's fault."""


class SubmissionGrader:
    """One warm session, started when it is first needed."""

    def __init__(
        self, job: Job, starter: SessionStarter, faults: Faults, stopped: threading.Event
    ) -> None:
        self._job, self._starter, self._faults, self._stopped = job, starter, faults, stopped
        self._session: Session | None = None
        self._uses = 0
        self._naming_lasts = (
            False  # a fault while ideas are named that a fresh session did not help
        )

    def grade(self, handed_in: HandedIn, can_wait: bool = False) -> Report:
        """Return the report. Raises EngineError where no session can be started, Stopped at the end.

        One that can wait raises Postponed where it lets time run out again and again.
        """
        started = time.monotonic()
        seed = self.seed(handed_in)
        judgement = self._judge(handed_in, seed, can_wait)
        about = {
            "schema": report.SCHEMA_VERSION,
            "assignment": self._job.assignment,
            "student": handed_in.student,
            "submission_sha256": handed_in.sha256,
            "judged_by": self._job.judged_by,
            "note": handed_in.note,
            "engine": self._job.engine.name,
            "engine_reason": self._job.engine_reason,
            "seed": seed,
            "seconds": round(time.monotonic() - started, 3),
        }
        return Report.model_validate(dict(judgement) | about)

    def warm(self) -> None:
        """Start the session before anything is there to grade. Raises EngineError."""
        if self._session is None:
            self._session, self._uses = self._starter.start(), 0

    def seed(self, handed_in: HandedIn) -> int:
        """Return the seed that a submission is graded with."""
        return self._job.seed_for(handed_in.sha256) if handed_in.sha256 else _NO_SEED

    def close(self) -> None:
        """End the session, if there is one."""
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def kill(self) -> None:
        """End the session at once, in the middle of a submission if need be."""
        session, self._session = self._session, None
        if session is not None:
            session.kill()

    def _judge(self, handed_in: HandedIn, seed: int, can_wait: bool) -> Judgement:
        if handed_in.fault is not None:
            return report.grader_error(handed_in.fault, self._job.max_score)
        if handed_in.notebook is None:
            return report.rejected(handed_in.refusal or "", self._job.max_score)
        first, may_pass = self._try(handed_in.notebook, seed, can_wait)
        if first.advice_fault is not None:
            return self._named(first, handed_in.notebook, seed)
        if first.outcome is not Outcome.GRADER_ERROR or not may_pass:
            return first
        second, _ = self._try(handed_in.notebook, seed, can_wait)
        if second.outcome is Outcome.GRADER_ERROR:
            self._faults.lasted(second)
        return second

    def _named(self, first: Judgement, notebook: bytes, seed: int) -> Judgement:
        """Return the judgement with its ideas named, where a fresh session can do that; else as it is.

        The process in which wrong solutions answer may have died. A file of ours that is wrong dies each
        time: then nobody else is graded twice for it.
        """
        if self._naming_lasts:
            return first
        self.kill()
        second, _ = self._try(notebook, seed, can_wait=False)
        if second.outcome is Outcome.GRADER_ERROR:
            return first
        self._naming_lasts = second.advice_fault is not None
        return second

    def _try(self, notebook: bytes, seed: int, can_wait: bool) -> tuple[Judgement, bool]:
        """Grade once; return the judgement, and whether a fault in it may pass in a fresh session.

        It does not where a check broke as it broke for another submission, twice. A session that died may
        have died of this submission or of anything else, so that is always worth another try.
        """
        session = self._warm_session()
        if self._stopped.is_set():
            raise Stopped
        try:
            judgement = session.grade(notebook, seed, can_wait=can_wait)
            may_pass = not self._faults.is_lasting(judgement)
        except EngineError as error:
            judgement, may_pass = report.grader_error(str(error), self._job.max_score), True
        if self._stopped.is_set():  # what was said then was said by a session that was being killed
            raise Stopped
        if judgement.breach is not None or judgement.outcome is Outcome.GRADER_ERROR:
            self.kill()  # whatever the submission could reach, or broke, nobody else meets it
        return judgement, may_pass

    def _warm_session(self) -> Session:
        if self._session is not None and self._uses >= self._job.max_uses:
            self.close()
        self.warm()
        assert self._session is not None
        self._uses += 1
        return self._session
