"""Looks into a folder again and again, and gives what has arrived to lanes that keep warm sessions.

It looks itself, several times a second, and waits for no notice of the kernel: exchanges and shared folders
mostly lie on network file systems, where none comes of what another machine writes (inotify(7)).
"""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass

from autograder.batch.faults import Faults
from autograder.batch.retry import SessionStarter
from autograder.batch.submission_grader import Stopped, SubmissionGrader
from autograder.plaintext import told_apart
from autograder.report import Outcome
from autograder.watch.answering import Answering, NotYet
from autograder.watch.arrival import PATIENCE, SETTLED, Arrival

INTERVAL = 0.15  # seconds between two looks
_AGAIN = 1.0  # seconds until half a file is read again
_LAST_SECONDS = 10.0  # for a lane to end


@dataclass
class _Seen:
    """How an arrival looked last, since when it has looked so, and when to look into it again."""

    state: str
    since: float
    not_before: float = 0.0
    said: str = ""


class Watcher:
    """Answers what arrives until `stopped` is set, with so many sessions side by side."""

    def __init__(self, answering: Answering, sessions: int, stopped: threading.Event) -> None:
        self._answering, self._stopped = answering, stopped
        self._waiting: queue.SimpleQueue[tuple[Arrival, bool]] = queue.SimpleQueue()
        self._seen: dict[str, _Seen] = {}
        # Students: the next of one waits until the one before is answered.
        self._busy: set[str] = set()
        self._lock = threading.Lock()
        self._is_away = False
        starter = SessionStarter(answering.job.engine, stopped, answering.say)
        faults = Faults()
        self._lanes = [_Lane(self, starter, faults) for _ in range(sessions)]

    def run(self) -> None:
        """Watch. Raises what ended a lane: EngineError without sessions, SameFault, NotWritten, OSError."""
        for lane in self._lanes:
            lane.start()
        try:
            while not self._stopped.wait(INTERVAL):
                self._look_if_possible()
        finally:
            self._stopped.set()
            for lane in self._lanes:
                lane.end()
        for lane in self._lanes:
            if lane.error is not None:
                raise lane.error

    def _look_if_possible(self) -> None:
        """Look; a server that is away for a while ends nothing, and is told once."""
        try:
            self._look()
        except OSError as error:
            if not self._is_away:
                self._answering.say(
                    f"{error.strerror or error}: {error.filename or 'the folder'}. Waiting for it."
                )
            self._is_away = True
        else:
            self._is_away = False

    def _look(self) -> None:
        journal, now = self._answering.journal, time.monotonic()
        present = set()
        for arrival in self._answering.layout.arrivals(journal.is_answered):
            if journal.is_answered(arrival.key, arrival.version):
                continue
            present.add(arrival.key)
            seen = self._seen.get(arrival.key)
            if seen is None:
                self.say(arrival, f"arrived; {arrival.remark}." if arrival.remark else "arrived.")
            if seen is None or seen.state != arrival.state:
                self._seen[arrival.key] = _Seen(arrival.state, now)
            elif now - seen.since >= SETTLED and now >= seen.not_before and self._takes(arrival):
                self._waiting.put((arrival, now - seen.since >= PATIENCE))
        for key in self._seen.keys() - present:
            del self._seen[key]  # answered, or taken away again

    def _takes(self, arrival: Arrival) -> bool:
        with self._lock:
            if arrival.student in self._busy:
                return False
            # What a lane has answered since this look began must not be taken again.
            if self._answering.journal.is_answered(arrival.key, arrival.version):
                return False
            self._busy.add(arrival.student)
            return True

    def take(self, seconds: float) -> tuple[Arrival, bool]:
        """Return the next arrival, and whether this is the last look at it. Raises queue.Empty."""
        return self._waiting.get(timeout=seconds)

    def put_off(self, arrival: Arrival, why: str) -> None:
        """Take it again in a while; `why` is said once, if it is anything."""
        seen = self._seen.get(arrival.key)
        if seen is not None:
            seen.not_before = time.monotonic() + _AGAIN
            if why and why != seen.said:
                seen.said = why
                self.say(arrival, why)

    def give_back(self, arrival: Arrival) -> None:
        """Let the student's next one come."""
        with self._lock:
            self._busy.discard(arrival.student)

    @property
    def answering(self) -> Answering:
        """What lanes answer with."""
        return self._answering

    @property
    def stopped(self) -> threading.Event:
        """What ends everything."""
        return self._stopped

    def say(self, arrival: Arrival, what: str) -> None:
        """Say something of an arrival."""
        self._answering.say(f"{told_apart(arrival.student, 60)}: {what}")


class _Lane(threading.Thread):
    """A thread with one warm session, which answers one arrival after the other."""

    def __init__(self, watcher: Watcher, starter: SessionStarter, faults: Faults) -> None:
        super().__init__(daemon=True)
        self._watcher, self._faults = watcher, faults
        self._grader = SubmissionGrader(watcher.answering.job, starter, faults, watcher.stopped)
        self.error: Exception | None = None

    def run(self) -> None:
        """Answer until the end; whatever goes wrong here beside one submission, ends the watch."""
        try:
            while not self._watcher.stopped.is_set():
                self._grader.warm()  # also after one that cost us the session: the next finds one ready
                try:
                    arrival, is_last_look = self._watcher.take(0.2)
                except queue.Empty:
                    continue
                self._answer(arrival, is_last_look)
        except Stopped:
            pass
        except Exception as error:
            if not self._watcher.stopped.is_set():
                self.error = error
        finally:
            self._watcher.stopped.set()
            self._grader.kill()

    def _answer(self, arrival: Arrival, is_last_look: bool) -> None:
        report = None
        try:
            report = self._watcher.answering.answer(arrival, self._grader, is_last_look)
        except NotYet as reason:
            self._watcher.put_off(arrival, str(reason))
        finally:
            self._watcher.give_back(arrival)
        if report is not None:
            if report.outcome is Outcome.GRADER_ERROR:
                self._watcher.say(
                    arrival,
                    "a fault of ours, which the report names; graded again when watching starts anew.",
                )
            self._faults.count(report)

    def end(self) -> None:
        """End the lane, in the middle of a submission if need be; that one is answered by the next run."""
        if self.is_alive():
            self._grader.kill()
            self.join(_LAST_SECONDS)
