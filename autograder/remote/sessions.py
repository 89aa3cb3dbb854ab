"""A worker's warm sessions, and the one task that a cluster runs: a notebook's number in, an answer out.

Nothing is raised across the network, since an exception would travel pickled: whatever goes wrong is an
answer.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable

from autograder.batch.job import MAX_USES
from autograder.batch.retry import SessionStarter
from autograder.engines.base import Engine, Postponed, Session
from autograder.errors import EngineError
from autograder.remote.answer import About, Answer, packed
from autograder.report import Outcome

NAME = "autograder-sessions"


class Slot:
    """One place for a session, and how often the one in it was used."""

    def __init__(self) -> None:
        self.session: Session | None = None
        self.uses = 0

    def kill(self) -> None:
        """End the session at once, if there is one."""
        session, self.session = self.session, None
        if session is not None:
            session.kill()


class Sessions:
    """As many warm sessions as a worker has threads; each grades one submission at a time."""

    def __init__(
        self, engine: Engine, assignment: str, number: int, say: Callable[[str], None]
    ) -> None:
        self.about = About(assignment=assignment, judged_by=engine.digest(), engine=engine.name)
        self._stopped = threading.Event()
        self._starter = SessionStarter(engine, self._stopped, say)
        self._slots = [Slot() for _ in range(number)]
        self._free: queue.LifoQueue[Slot] = queue.LifoQueue()
        self.failed = threading.Event()  # no session can be had here any more
        for slot in self._slots:
            self._free.put(slot)

    def warm(self) -> None:
        """Start all sessions, so that a machine which can have none joins no cluster. Raises EngineError."""
        for slot in self._slots:
            self._started(slot)

    def grade(self, notebook: bytes, seed: int, can_wait: bool) -> Answer:
        """Return the answer on a notebook; a session that it broke, or did more than it may in, ends."""
        slot = self._free.get()
        try:
            session = self._started(slot)
        except EngineError as error:
            self.failed.set()
            return self.said("no_session", str(error))
        else:
            return self._graded(slot, session, notebook, seed, can_wait)
        finally:
            self._free.put(slot)

    def kill(self) -> None:
        """End all sessions at once."""
        self._stopped.set()
        for slot in self._slots:
            slot.kill()

    def _graded(
        self, slot: Slot, session: Session, notebook: bytes, seed: int, can_wait: bool
    ) -> Answer:
        slot.uses += 1
        try:
            judgement = session.grade(notebook, seed, can_wait=can_wait)
        except Postponed:
            return self.said("postponed", "")
        except (
            EngineError,
            OSError,
            ValueError,
        ) as error:  # the latter where it is killed meanwhile
            slot.kill()
            return self.said("broken", str(error))
        if judgement.breach is not None or judgement.outcome is Outcome.GRADER_ERROR:
            slot.kill()  # whatever the submission could reach, or broke, nobody else meets it
        if judgement.advice_fault is not None and slot.uses > 1:
            slot.kill()  # it names no ideas any more; one that never could is a fault of our files
        return Answer(kind="judgement", about=self.about, judgement=judgement)

    def _started(self, slot: Slot) -> Session:
        if slot.session is not None and slot.uses >= MAX_USES:
            slot.session.close()
            slot.session = None
        if slot.session is None:
            slot.session, slot.uses = self._starter.start(), 0
        return slot.session

    def said(self, kind: str, sentence: str) -> Answer:
        """Return the answer that is no judgement, and why."""
        words = {"kind": kind, "about": self.about, "sentence": sentence[:20_000]}
        return Answer.model_validate(words)


def grade(number: str, seed: int, can_wait: bool) -> bool:
    """Grade the notebook with this number on the worker that runs this: the task of the cluster.

    The answer goes to the scheduler by the worker's own stream, ahead of word that the task is done.
    """
    from distributed import get_worker
    from distributed.utils import sync

    from autograder.remote import letters

    worker = get_worker()
    sessions: Sessions = worker.plugins[NAME].sessions
    try:
        notebook = sync(worker.loop, letters.fetched, worker.scheduler, number)
    except OSError:  # the scheduler is gone, and with it whoever waits for the answer
        return False
    if notebook is None:
        answer = sessions.said("broken", "The scheduler has not kept this notebook.")
    else:
        answer = sessions.grade(notebook, seed, can_wait)
    message = {"op": letters.ANSWER, "number": number, "answer": packed(answer)}
    worker.loop.add_callback(worker.batched_send, message)
    return True


def about() -> bytes:
    """Return what the worker that runs this judges, and with what."""
    from distributed import get_worker

    return packed(get_worker().plugins[NAME].sessions.about)
