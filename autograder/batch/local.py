"""Grades a batch on this machine: one thread per warm session, one queue, no submission lost."""

from __future__ import annotations

import errno
import hashlib
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder import report
from autograder.batch.discover import Submission
from autograder.batch.patience import Patience
from autograder.batch.store import Store
from autograder.engines.base import Engine, Session
from autograder.errors import EngineError

MAX_USES = 200  # of one session; a fresh one cannot have grown, whatever we leak
_TRIES = 2
# Not there, not allowed, a loop of links, a device: what was handed in is no file that can be read.
_NOT_READABLE = {errno.ENOENT, errno.EACCES, errno.ELOOP, errno.ENXIO, errno.EINVAL, errno.EISDIR}
_LAST_SECONDS = 30.0  # for a lane to end; what it started ends with our end of its pipes


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
Say = Callable[[str], None]


def grade(
    job: Job,
    submissions: list[Submission],
    store: Store,
    finished: Finished,
    say: Say = lambda sentence: None,
) -> None:
    """Grade every submission that has no current report; call `finished` with each report there is.

    `say` is told in a sentence what keeps the batch waiting. Raises EngineError where submissions are
    left because no session can be started, and NotWritten where reports cannot be kept. However it
    ends, an interrupt included, what was graded until then stays graded.
    """
    waiting: queue.SimpleQueue[Submission] = queue.SimpleQueue()
    students = []
    for submission in submissions:
        known = _known(job, store, submission)
        if known is not None:
            finished(known)
        else:
            waiting.put(submission)
            students.append(submission.student)
    if students:
        with store.held(students):
            while not waiting.empty():
                _run_lanes(job, waiting, store, finished, say)


def _run_lanes(
    job: Job, waiting: queue.SimpleQueue[Submission], store: Store, finished: Finished, say: Say
) -> None:
    """Run lanes until none is left; raise where the batch cannot go on.

    A lane that gets no session puts its submission back and ends. The others may have ended by then,
    so submissions can be left although one lane went well: then the caller runs lanes again.
    """
    stopped = threading.Event()
    patience = Patience(job.engine, stopped, say)
    count = min(job.workers, waiting.qsize())
    lanes = [_Lane(job, waiting, store, finished, patience, stopped) for _ in range(count)]
    try:
        for lane in lanes:
            lane.start()
        while any(lane.is_alive() for lane in lanes) and not any(lane.broken for lane in lanes):
            for lane in lanes:
                lane.join(0.2 / count)  # short, so that an interrupt at the keyboard is seen
    finally:
        stopped.set()
        for lane in lanes:
            lane.stop()
    errors = [lane.error for lane in lanes if lane.error is not None]
    worst = next((lane.error for lane in lanes if lane.broken), None)
    if worst is not None or len(errors) == len(lanes):
        raise worst or errors[0]


def _known(job: Job, store: Store, submission: Submission) -> dict[str, Any] | None:
    """Return the report that makes grading this one needless; None where there is none."""
    seed = job.seed if job.only_same_seed else None
    try:
        notebook = None if job.force else _read(submission)
    except OSError:  # met again, and reported, when its turn comes
        return None
    if notebook is None:
        return None
    return store.finished(submission.student, _sha256(notebook), job.image, seed)


def _read(submission: Submission) -> bytes | None:
    """Return the notebook's bytes; None where it may not be read, or is no file that can be.

    Raises OSError where the machine fails to read it: a disk that breaks is not the student's doing.
    """
    try:
        return None if submission.refusal else submission.read()
    except OSError as error:
        if error.errno in _NOT_READABLE:
            return None
        raise


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
        patience: Patience,
        stopped: threading.Event,
    ) -> None:
        super().__init__(daemon=True)
        self._job, self._waiting, self._store, self._finished = job, waiting, store, finished
        self._patience, self._stopped = patience, stopped
        self._session: Session | None = None
        self._uses = 0
        self.error: Exception | None = None

    @property
    def broken(self) -> bool:
        """Whether this lane met what no other lane can do better, such as a full disk."""
        return self.error is not None and not isinstance(self.error, EngineError)

    def run(self) -> None:
        """Grade until the queue is empty, or this lane can do no more."""
        try:
            while not self._stopped.is_set():
                self._take(self._waiting.get_nowait())
        except queue.Empty:
            pass
        except Exception as error:  # the batch weighs it once all lanes have ended
            self.error = error
        finally:
            self._close()

    def stop(self) -> None:
        """End the session, in the middle of a submission if need be."""
        session = self._session
        if self.is_alive() and session is not None:
            session.kill()
        self.join(_LAST_SECONDS)

    def _take(self, submission: Submission) -> None:
        content = _known(self._job, self._store, submission)  # by another batch in the meantime
        if content is None:
            try:
                content = self._report(submission)
            except EngineError:
                self._waiting.put(submission)
                raise
            if self._stopped.is_set():
                return
            self._store.write(content)
        self._finished(content)

    def _report(self, submission: Submission) -> dict[str, Any]:
        started = time.monotonic()
        notebook, graded = self._read_and_grade(submission)
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

    def _read_and_grade(self, submission: Submission) -> tuple[bytes | None, dict[str, Any]]:
        try:
            notebook = _read(submission)
        except OSError as error:
            fault = f"{submission.path} could not be read: {error.strerror}"
            return None, report.grader_error(fault, self._job.max_score)
        if notebook is None:
            sentence = submission.refusal or "This file cannot be read. Please submit it again."
            return None, report.without_score(report.REJECTED, sentence, self._job.max_score)
        return notebook, self._grade(notebook)

    def _grade(self, notebook: bytes) -> dict[str, Any]:
        """Grade once, and once more in a fresh session where something of ours went wrong."""
        graded: dict[str, Any] = {}
        for _ in range(_TRIES):
            session = self._warm_session()
            if self._stopped.is_set():
                break
            try:
                graded = session.grade(notebook, self._job.seed)
            except EngineError as error:
                graded = report.grader_error(str(error), self._job.max_score)
            if graded.get("breach") is not None:
                self._discard()  # whatever it could reach, nobody else meets it
            if graded["outcome"] != report.GRADER_ERROR or self._stopped.is_set():
                break
            self._discard()
        return graded

    def _warm_session(self) -> Session:
        if self._session is not None and self._uses >= self._job.max_uses:
            self._close()
        if self._session is None:
            self._session, self._uses = self._patience.start(), 0
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
