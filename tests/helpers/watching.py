"""A watch over a folder, with the small assignment and sessions that do as a test says."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from autograder import report
from autograder.batch.job import Job
from autograder.batch.store import Store
from autograder.report import CheckResult, Judgement, Verdict
from autograder.watch.answering import Answering
from autograder.watch.journal import Journal
from autograder.watch.layouts import layout_of
from autograder.watch.watcher import Watcher
from tests.helpers.fake_engine import DIGEST, FakeEngine

ASSIGNMENT = "small"
LONG_ENOUGH = 1.2  # seconds in which an answer that must not come would have come


def notebook(word: str) -> bytes:
    """What a student hands in, as long as nobody reads it."""
    return b'{"cells": [{"source": "%s"}]}' % word.encode()


def judged(content: bytes, call: int = 0) -> Judgement:
    """The judgement of a notebook: its text comes back as the message of a check that failed."""
    failed = CheckResult(
        id="values", outcome=Verdict.FAILED, weight=1, message=content.decode(errors="replace")
    )
    passed = CheckResult(id="shape", outcome=Verdict.PASSED, weight=1)
    return report.graded([report.exercise_result("returns", 10.0, [failed, passed])])


class Watch:
    """Watches `folder`, and keeps its answers in a folder beside it, over several runs."""

    def __init__(self, folder: Path, per_day: int | None = None) -> None:
        self.folder, self.per_day = folder, per_day
        folder.mkdir(parents=True, exist_ok=True)
        self.engine = FakeEngine(judged)
        self.store = Store(folder.parent / "watched")
        self.said: list[str] = []
        self.day = datetime(2026, 11, 27, 12)
        self.error: Exception | None = None

    @property
    def graded(self) -> list[bytes]:
        """The notebooks that sessions were given, in their order."""
        return [content for content, _ in self.engine.graded]

    @contextmanager
    def running(self, sessions: int = 1) -> Iterator[None]:
        """Watch as long as the block takes."""
        stopped = threading.Event()
        journal = Journal(self.store.folder / "answers.sqlite")
        job = Job(ASSIGNMENT, self.engine, DIGEST, 10.0, lambda sha256: 1)
        layout = layout_of(self.folder, ASSIGNMENT)
        answering = Answering(
            layout, journal, self.store, job, self.per_day, self.said.append, lambda: self.day
        )
        watcher = Watcher(answering, sessions, stopped)
        thread = threading.Thread(target=self._run, args=(watcher,))
        thread.start()
        try:
            yield
        finally:
            stopped.set()
            thread.join(20)
            journal.close()
        assert not thread.is_alive()

    def _run(self, watcher: Watcher) -> None:
        try:
            watcher.run()
        except Exception as error:
            self.error = error

    def hand_in(self, student: str, content: bytes) -> Path:
        """Hand in a notebook; return where its feedback is to be."""
        path = self.folder / student / ASSIGNMENT / "a.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path.with_name("a.feedback.txt")


def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until something is so; fail where it does not come."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


def has(path: Path, word: str) -> Callable[[], bool]:
    """Tell whether a file is there and has a word in it."""
    return lambda: path.exists() and word in path.read_text(errors="replace")
