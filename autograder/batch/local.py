"""Grades a batch on this machine: one thread per warm session, one queue, no submission lost."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from autograder.batch import reading
from autograder.batch.faults import Faults
from autograder.batch.job import Job
from autograder.batch.reading import Entry, HandedIn
from autograder.batch.retry import SessionStarter
from autograder.batch.store import Store
from autograder.batch.submission_grader import SubmissionGrader
from autograder.engines.base import Postponed
from autograder.errors import EngineError
from autograder.report import Report

_LAST_SECONDS = 30.0  # for a lane to end; what it started ends with our end of its pipes

Finished = Callable[[Report], None]
Say = Callable[[str], None]
Waiting = queue.SimpleQueue[Entry]


def grade(
    job: Job,
    submissions: Sequence[Entry],
    store: Store,
    finished: Finished,
    say: Say = lambda sentence: None,
) -> None:
    """Grade every submission that has no current report; call `finished` with each report there is.

    `say` is told in a sentence what keeps the batch waiting. Raises EngineError where submissions are
    left because no session can be started, NotWritten where reports cannot be kept, and SameFault where
    something of ours is broken for everybody. However it ends, an interrupt included, what was graded
    until then stays graded.
    """
    waiting: Waiting = queue.SimpleQueue()
    for submission in submissions:
        waiting.put(submission)
    with store.held([submission.student for submission in submissions]):
        faults = Faults()
        while not waiting.empty():
            _run_lanes(job, waiting, store, finished, say, faults)


def _run_lanes(
    job: Job, waiting: Waiting, store: Store, finished: Finished, say: Say, faults: Faults
) -> None:
    """Run lanes until none is left; raise where the batch cannot go on.

    A lane that gets no session puts its submission back and ends. The others may have ended by then,
    so submissions can be left although one lane went well: then the caller runs lanes again.
    """
    end = _End()
    starter = SessionStarter(job.engine, end.stopped, say)
    count = min(job.workers, waiting.qsize())
    graders = [SubmissionGrader(job, starter, faults, end.stopped) for _ in range(count)]
    lanes = [_Lane(job, grader, waiting, store, finished, faults, end) for grader in graders]
    try:
        for lane in lanes:
            lane.start()
        while any(lane.is_alive() for lane in lanes) and not end.stopped.is_set():
            for lane in lanes:
                lane.join(0.2 / count)  # short, so that an interrupt at the keyboard is seen
    finally:
        end.stopped.set()
        for lane in lanes:
            lane.stop()
    if end.cause is not None:
        raise end.cause
    errors = [lane.error for lane in lanes if lane.error is not None]
    if len(errors) == len(lanes):
        raise errors[0]


class _End:
    """The end of all lanes, and what it came from.

    Whatever is raised after it is only what comes of sessions that are killed in the middle: pipes that
    are closed already, say. So the first cause is the one to tell.
    """

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.cause: Exception | None = None
        self._lock = threading.Lock()

    def because_of(self, error: Exception) -> None:
        """End all lanes, for none can do better: the disk is full, say."""
        with self._lock:
            if not self.stopped.is_set():
                self.cause = error
                self.stopped.set()


class _Lane(threading.Thread):
    """A thread that takes submissions from the queue and sees to their reports."""

    def __init__(
        self,
        job: Job,
        grader: SubmissionGrader,
        waiting: Waiting,
        store: Store,
        finished: Finished,
        faults: Faults,
        end: _End,
    ) -> None:
        super().__init__(daemon=True)
        self._job, self._grader, self._waiting, self._store = job, grader, waiting, store
        self._finished, self._faults, self._end = finished, faults, end
        self.error: EngineError | None = None

    def run(self) -> None:
        """Grade until the queue is empty, or this lane can do no more."""
        try:
            while not self._end.stopped.is_set():
                self._take(self._waiting.get_nowait())
        except queue.Empty:
            pass
        except EngineError as error:  # no session for this lane; others may have theirs
            self.error = error
        except (
            Exception
        ) as error:  # Stopped included, which comes after the end and so tells nothing
            self._end.because_of(error)
        finally:
            self._let_go()

    def _let_go(self) -> None:
        try:
            if self._end.stopped.is_set():
                self._grader.kill()
            else:
                self._grader.close()
        except Exception as error:
            self._end.because_of(error)

    def stop(self) -> None:
        """End the lane, in the middle of a submission if need be."""
        if self.is_alive():
            self._grader.kill()
        self.join(_LAST_SECONDS)

    def _take(self, taken: Entry) -> None:
        handed_in = reading.handed_in(taken)
        report = self._current(handed_in)
        if report is not None:
            self._finished(report)
            return
        others_wait = not self._waiting.empty() and not handed_in.postponed
        try:
            report = self._grader.grade(handed_in, can_wait=others_wait)
        except Postponed:
            # Behind all others, and only once.
            self._waiting.put(replace(handed_in, postponed=True))
            return
        except EngineError:
            self._waiting.put(handed_in)
            raise
        if self._end.stopped.is_set():
            return
        self._store.write(report)
        self._finished(report)
        self._faults.count(report)

    def _current(self, handed_in: HandedIn) -> Report | None:
        """Return the report that makes grading this needless, of this batch or another; None without one."""
        if self._job.force or handed_in.sha256 is None:
            return None
        return self._store.current(
            handed_in.student, handed_in.sha256, self._job.judged_by, self._grader.seed(handed_in)
        )
