"""One submission while it is graded: its worker, its time, and what to do when the worker is lost."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from autograder import report
from autograder.checker import sentences
from autograder.checker.channel import StudentFault, StudentTimeout, WorkerLost
from autograder.checker.environments import RecordedEnv, ScriptedEnv
from autograder.checker.student import Student
from autograder.checker.workers import Workers
from autograder.limits import LIMITS, Limits
from autograder.protocol.control import Ending
from autograder.protocol.messages import Raised
from autograder.submission.restore import Plan, PlannedCell


class TimeIsUp(Exception):
    """The exercise, or the submission, has used all its time."""


class Graded:
    """One submission while it is graded: its plan, its seed, its deadline, and the cells found unusable."""

    def __init__(self, plan: Plan, seed: int, limits: Limits = LIMITS) -> None:
        self.plan = plan
        self.seed = seed
        self.limits = limits
        self.deadline = time.monotonic() + limits.submission
        self.unusable: dict[str, tuple[str, str]] = {}  # cell: outcome, what it did


class Attempt:
    """Hands checks a live `student`, one exercise after the other.

    A worker goes on to the next exercise for as long as all goes well, since TensorFlow's first
    operations cost more than most checks. Only a worker that has served no other exercise, and that no
    signal has ended, may deliver bad news: `doubtful` tells that this one may not. A signal can come from
    outside, such as the kernel's when the machine itself is out of memory.
    """

    def __init__(self, graded: Graded, workers: Workers, seed: int) -> None:
        self._graded = graded
        self._workers = workers
        self._seed = seed
        self._deadline = 0.0
        self._student: Student | None = None
        self._reused = False
        self._signalled = False
        self._second_chance = (
            True  # of the exercise: an attack that ends itself gets no more either
        )
        self._tried_twice: set[str] = set()  # cells that a signal ended
        self.troubles: dict[str, Raised] = {}

    def begin(self, fresh: bool) -> None:
        """Begin an exercise, in a fresh worker or in the one that is there, tidied up."""
        self._deadline = min(self._graded.deadline, time.monotonic() + self._graded.limits.exercise)
        if fresh:
            self.drop()
        self._reused = self._student is not None
        self._signalled = False
        self._second_chance |= not fresh
        if self._student is not None:
            try:
                self._student.tidy_up()
            except (StudentFault, TimeIsUp):
                self.drop()

    @property
    def doubtful(self) -> bool:
        """Whether what this worker failed may be another's doing, so that a fresh one must judge."""
        return self._reused or self._signalled

    def lost(self) -> Ending:
        """Let go of a worker that ended or lied; return how it ended, if it did."""
        self.drop()
        ending = self._workers.ending()
        if ending == Ending.SIGNAL and self._second_chance:
            self._signalled, self._second_chance = True, False
        return ending

    def student(self) -> Student:
        """Return a student whose cells have run; raise TimeIsUp where no time is left."""
        while self._student is None:
            self._student = self._start()
        self._student.ask("seed", self._seed)
        return self._student

    def drop(self) -> None:
        """Let go of the worker: it hung, died or lied."""
        self._student = None

    def settle(self) -> None:
        """Let go of the worker if the check before has left it in the middle of a call."""
        if self._student is not None and not self._student.idle:
            self.drop()

    @property
    def script(self) -> Callable[[str], PlannedCell | None]:
        """The cell that is an exercise itself, by the exercise's id."""
        return self._graded.plan.scripts.get

    @property
    def unusable(self) -> dict[str, tuple[str, str]]:
        """The cells that had to be left out: the outcome of their exercise, and what they did."""
        return self._graded.unusable

    def _start(self) -> Student | None:
        """Run the cells in a fresh worker; None where one of them lost it.

        The next try leaves that cell out, or, where a signal ended it, the one after that.
        """
        student = Student(self._workers.fresh(), self._patience(self._graded.limits.cell))
        student.ask("seed", self._seed)
        student.ask("assign", "env", _idle_environment())
        for cell in self._graded.plan.cells:
            if cell.name in self.unusable:
                continue
            try:
                for trouble in student.cell_troubles(cell.name, cell.source):
                    self.troubles.setdefault(cell.name, trouble)
            except StudentTimeout:
                did = f"did not finish within {self._graded.limits.cell:.0f} seconds"
                self.unusable[cell.name] = report.TIMEOUT, did
                return None
            except WorkerLost:
                ending = self._workers.ending()
                if ending == Ending.SIGNAL and cell.name not in self._tried_twice:
                    self._tried_twice.add(cell.name)
                else:
                    self.unusable[cell.name] = report.ERROR, sentences.ended(ending)
                return None
        student.set_patience(self._patience(self._graded.limits.call))
        return student

    def _patience(self, seconds: float) -> Callable[[], float]:
        def patience() -> float:
            left = min(self._deadline, self._graded.deadline) - time.monotonic()
            if left <= 0:
                raise TimeIsUp
            return min(seconds, left)

        return patience


def _idle_environment() -> RecordedEnv:
    """Return what the notebook's global `env` is while its cells run: one short, dull episode."""
    return RecordedEnv(ScriptedEnv(np.random.default_rng(0), [0.0] * 16, "truncated"))
