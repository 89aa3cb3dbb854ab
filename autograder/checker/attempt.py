"""One submission while it is graded: its worker, its time, and what to do when the worker is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from autograder.checker import sentences
from autograder.checker.channel import StudentFault, StudentTimeout, WorkerLost
from autograder.checker.hints import hint
from autograder.checker.hosted import Refusal
from autograder.checker.recorded import RecordedStudent
from autograder.checker.recorder import Recorder
from autograder.checker.student import Student, Timeout
from autograder.checker.workers import Workers
from autograder.course.settings import Limits
from autograder.plaintext import one_line
from autograder.protocol.control import Ending
from autograder.protocol.messages import Raised
from autograder.report import Verdict
from autograder.submission.plan import Plan, PlannedCell, Script

# Whoever lets time run out for the second time has had their chance: what is left gets seconds.
PATIENCE = 2
HURRIED_CALL, HURRIED_EXERCISE = 3.0, 10.0
# Characters of what exceptions say, in an exercise: more could tell hidden inputs.
MOST_WORDS = 200


class TimeIsUp(Exception):
    """The exercise, or the submission, has used all its time."""


class Postponed(Exception):
    """The submission lets time run out again and again, and may be graded when others have been."""


class Grading:
    """One submission while it is graded: its plan, its seed, its deadline, and the cells found unusable.

    `explain` has each check say what it did, and in which line of which file it ended where it did not pass:
    for whoever wrote the checks, never for a student. `recorder` keeps that. `can_wait` is for a submission
    behind which others wait.
    """

    def __init__(
        self, plan: Plan, seed: int, limits: Limits, explain: bool = False, can_wait: bool = False
    ) -> None:
        self.plan = plan
        self.recorder = Recorder(_sources(plan)) if explain else None
        self.can_wait = can_wait
        self.seed = seed
        self.limits = limits
        self.deadline = time.monotonic() + limits.submission
        self.unusable: dict[str, tuple[Verdict, str]] = {}  # by cell; the text is what the cell did


class Attempt:
    """Hands checks a live `student`, one exercise after the other.

    A worker goes on to the next exercise for as long as all goes well, since a library's first
    operations can cost more than most checks. Only a worker that has served no other exercise, and that
    no signal has ended, may deliver bad news: `doubtful` tells that this one may not. A signal can come
    from outside, such as the kernel's when the machine itself is out of memory.

    `variables` exist in the notebook before its first cell runs.
    """

    def __init__(
        self, grading: Grading, workers: Workers, seed: int, variables: Mapping[str, Any]
    ) -> None:
        self._grading = grading
        self._workers = workers
        self._seed = seed
        self._variables = variables
        self._deadline = 0.0
        self._student: Student | None = None
        self._reused = False
        self._signalled = False
        # Of the exercise. Whoever has their worker end by a signal gets one fresh worker, since the signal
        # may have been the kernel's; a second one would let an attack try again until it suits.
        self._second_chance = True
        self._retried: set[str] = set()  # cells that a signal ended
        self._timeouts = 0
        self._cells_took = 0.0  # seconds, in the last worker in which all of them ran
        self._words_left, self._told = MOST_WORDS, set[str]()  # of exceptions, in this exercise
        self._defined = ""  # the exercise whose function this worker has
        self._seeded = False  # for this exercise
        self._fatal = set[str]()  # functions that ended their worker, or did not come to an end
        self.raised: dict[str, Raised] = {}  # by cell, the first of each

    def begin(self, exercise: str, seconds: float, fresh: bool) -> None:
        """Begin an exercise that may take so long, in a fresh worker or in the one there is, tidied up.

        Raises Postponed where the submission is better graded behind the others.
        """
        if self._hurried and self._grading.can_wait:
            raise Postponed
        if self._hurried:
            seconds = min(seconds, HURRIED_EXERCISE + self._cells_took)
        self._deadline = min(self._grading.deadline, time.monotonic() + seconds)
        self._words_left, self._defined, self._seeded = MOST_WORDS, "", False
        self._told.clear()
        self._fatal.discard(exercise)  # it is judged anew
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
        """Return a student whose cells have run; raise TimeIsUp where no time is left.

        Its generators are seeded once for an exercise: its checks then draw different numbers.
        """
        student = self._live()
        if not self._seeded:
            student.ask("seed", self._seed)
            student.provide(**dict.fromkeys(self._fatal, _refuse))
            self._seeded = True
        return student

    def defines(self, exercise: str) -> bool:
        """Tell whether the exercise's function exists once the cells have run."""
        student = self._live()
        if self._defined != exercise and student.ask("defines", exercise) is True:
            self._defined = exercise  # asked once: checks follow one another, in one worker
        return self._defined == exercise

    def drop(self) -> None:
        """Let go of the worker: it hung, died or lied."""
        self._student, self._defined, self._seeded = None, "", False

    def end(self) -> str | None:
        """End the worker and all that it started; return what it did that no notebook does, if anything."""
        self.drop()
        self._workers.kill()
        return self._workers.breach

    def never_again(self, exercise: str) -> None:
        """Let no other exercise call this one's function: it costs its own points, and nobody else's."""
        self._fatal.add(exercise)

    def note_timeout(self) -> None:
        """Remember that time ran out once more."""
        self._timeouts += 1

    @property
    def _hurried(self) -> bool:
        return self._timeouts >= PATIENCE

    def settle(self) -> None:
        """Let go of the worker if the check before has left it in the middle of a call."""
        if self._student is not None and not self._student.idle:
            self.drop()

    @property
    def script(self) -> Callable[[str], Script | None]:
        """The cell that is an exercise itself, by the exercise's id."""
        return self._grading.plan.scripts.get

    @property
    def unusable(self) -> dict[str, tuple[Verdict, str]]:
        """The cells that had to be left out: the verdict on their exercise, and what they did."""
        return self._grading.unusable

    def placed(self, raised: Raised) -> Raised:
        """Return what was raised, without its place where that names no cell of the notebook's."""
        names = _sources(self._grading.plan)
        return raised if raised.cell in names else replace(raised, cell="", line=0)

    def told(self, raised: Raised) -> Raised:
        """Return what a check's call raised as a report may tell it: `placed`, and in few words.

        Code may raise whatever it was given. All its exceptions in an exercise may say MOST_WORDS characters,
        and one that said something before may say the same again.
        """
        text = one_line(raised.text, MOST_WORDS)
        if text not in self._told:
            text = one_line(text, self._words_left) if self._words_left > 0 else ""
            self._words_left -= len(text)
            self._told.add(text)
        return self.placed(replace(raised, text=text))

    def hint(self, raised: Raised) -> str:
        """Return a sentence that helps with what the student's code raised; empty where there is none."""
        return hint(raised, self._grading.plan, self.raised)

    def _live(self) -> Student:
        while self._student is None:
            self._student = self._start()
        return self._student

    def _start(self) -> Student | None:
        """Run the cells in a fresh worker; None where one of them lost it.

        The next try leaves that cell out, or, where a signal ended it, the one after that.
        """
        started = time.monotonic()
        student = self._fresh()
        student.ask("seed", self._seed)
        for name, value in self._variables.items():
            student.ask("assign", name, value)
        student.keep()
        for cell in self._grading.plan.cells:
            if cell.name not in self.unusable and not self._run(student, cell):
                return None
        self._cells_took = time.monotonic() - started
        call = self._grading.limits.call
        student.set_timeout(self._timeout(min(call, HURRIED_CALL) if self._hurried else call))
        return student

    def _fresh(self) -> Student:
        channel, timeout = self._workers.fresh(), self._timeout(self._grading.limits.cell)
        if self._grading.recorder is None:
            return Student(channel, timeout)
        return RecordedStudent(channel, timeout, self._grading.recorder, self._workers.printed)

    def _run(self, student: Student, cell: PlannedCell) -> bool:
        """Run one cell; tell whether the worker survived it."""
        try:
            for raised in student.cell_errors(cell.name, cell.source):
                self.raised.setdefault(cell.name, self.placed(raised))
        except StudentTimeout as timeout:
            if timeout.seconds < self._grading.limits.cell:
                # The exercise's time ended the wait, not the cell's: the next exercise may still use it.
                raise TimeIsUp from None
            self.note_timeout()
            did = f"did not finish within {self._grading.limits.cell:g} seconds"
            self.unusable[cell.name] = Verdict.TIMEOUT, did
            return False
        except WorkerLost:
            ending = self._workers.ending()
            if ending == Ending.SIGNAL and cell.name not in self._retried:
                self._retried.add(cell.name)
            else:
                self.unusable[cell.name] = Verdict.ERROR, sentences.ended(ending)
            return False
        return True

    def _timeout(self, seconds: float) -> Timeout:
        def timeout() -> float:
            left = min(self._deadline, self._grading.deadline) - time.monotonic()
            if left <= 0:
                raise TimeIsUp
            return min(seconds, left)

        return timeout


def _refuse(*args: Any, **kwargs: Any) -> Any:
    raise Refusal("this function has ended its process before, or not come to an end")


def _sources(plan: Plan) -> dict[str, str]:
    later = (cell for script in plan.scripts.values() for cell in _cells(script))
    return {cell.name: cell.source for cell in (*plan.cells, *later)}


def _cells(script: Script) -> Iterator[PlannedCell]:
    yield script.cell
    yield from (cell for cell, _ in script.needs)
