"""Grades a batch on this machine: one thread per warm session, one queue, no submission lost."""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder import report
from autograder.batch.discover import Submission
from autograder.batch.store import Store
from autograder.engines.base import Engine, Session
from autograder.errors import EngineError

MAX_USES = 200  # of one session; a fresh one cannot have grown, whatever we leak
_TRIES = 2


@dataclass(frozen=True)
class Job:
    """What a batch is graded with, and what may be skipped."""

    engine: Engine
    assignment: str
    image: str
    max_score: float
    seed: int
    only_same_seed: bool
    force: bool
    workers: int
    max_uses: int = MAX_USES


Finished = Callable[[dict[str, Any]], None]


def grade(job: Job, submissions: list[Submission], store: Store, finished: Finished) -> None:
    """Grade every submission that has no current report; call `finished` with each report there is.

    Raises EngineError where no session can be started. An interrupt ends the sessions; what was graded
    until then stays graded.
    """
    waiting: queue.SimpleQueue[Submission] = queue.SimpleQueue()
    for submission in submissions:
        known = None if job.force else _known(job, store, submission)
        if known is not None:
            finished(known)
        else:
            waiting.put(submission)
    lanes = [_Lane(job, waiting, store, finished) for _ in range(min(job.workers, waiting.qsize()))]
    try:
        for lane in lanes:
            lane.start()
        for lane in lanes:
            while lane.is_alive():
                lane.join(0.2)  # short, so that an interrupt at the keyboard is seen
    finally:
        for lane in lanes:
            lane.stop()
    for lane in lanes:
        if lane.error is not None:
            raise lane.error


def _known(job: Job, store: Store, submission: Submission) -> dict[str, Any] | None:
    seed = job.seed if job.only_same_seed else None
    notebook = _read(submission)
    if notebook is None:
        return None
    return store.finished(submission.student, _sha256(notebook), job.image, seed)


def _read(submission: Submission) -> bytes | None:
    """Return the notebook's bytes; None where it may not, or cannot, be read."""
    try:
        return None if submission.refusal else submission.read()
    except OSError:
        return None


def _sha256(notebook: bytes) -> str:
    return hashlib.sha256(notebook).hexdigest()


class _Lane(threading.Thread):
    """One warm session and the thread that feeds it."""

    def __init__(
        self,
        job: Job,
        waiting: queue.SimpleQueue[Submission],
        store: Store,
        finished: Finished,
    ) -> None:
        super().__init__(daemon=True)
        self._job, self._waiting, self._store, self._finished = job, waiting, store, finished
        self._session: Session | None = None
        self._uses = 0
        self._stopped = False
        self.error: Exception | None = None

    def run(self) -> None:
        """Grade until the queue is empty."""
        try:
            while not self._stopped:
                submission = self._waiting.get_nowait()
                content = self._report(submission)
                if not self._stopped:
                    self._store.write(content)
                    self._finished(content)
        except queue.Empty:
            pass
        except Exception as error:  # raised again by the batch, not lost with this thread
            self.error = error
        finally:
            self._close()

    def stop(self) -> None:
        """End the session, in the middle of a submission if need be."""
        self._stopped = True
        session = self._session
        if self.is_alive() and session is not None:
            session.kill()
        self.join()

    def _report(self, submission: Submission) -> dict[str, Any]:
        started = time.monotonic()
        notebook = _read(submission)
        if notebook is None:
            sentence = submission.refusal or "This file cannot be read. Please submit it again."
            graded = report.without_score(report.REJECTED, sentence, self._job.max_score)
        else:
            graded = self._grade(notebook)
        head = {
            "schema": report.SCHEMA_VERSION,
            "assignment": self._job.assignment,
            "student": submission.student,
        }
        tail = {
            "submission_sha256": None if notebook is None else _sha256(notebook),
            "image": self._job.image,
            "seed": self._job.seed,
            "seconds": round(time.monotonic() - started, 3),
        }
        return head | graded | tail

    def _grade(self, notebook: bytes) -> dict[str, Any]:
        """Grade once, and once more in a fresh session where something of ours went wrong."""
        graded: dict[str, Any] = {}
        for _ in range(_TRIES):
            session = self._warm_session()  # where none can be had, the whole batch ends
            if self._stopped:
                break
            try:
                graded = session.grade(notebook, self._job.seed)
            except EngineError as error:
                graded = report.without_score(report.GRADER_ERROR, str(error), self._job.max_score)
            if graded["outcome"] != report.GRADER_ERROR or self._stopped:
                break
            self._discard()
        return graded

    def _warm_session(self) -> Session:
        if self._session is not None and self._uses >= self._job.max_uses:
            self._close()
        if self._session is None:
            self._session, self._uses = self._job.engine.start(), 0
        self._uses += 1
        return self._session

    def _discard(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.kill()

    def _close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()
