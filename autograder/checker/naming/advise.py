"""Adds to a judgement what is known of the ideas behind it: words, and never a point.

It comes when everything is judged, in a process of the student's that no verdict waits for. Whatever breaks
here is ours: the judgement stays as it was, and says so to the instructor.
"""

from __future__ import annotations

import importlib
import time
import traceback
from collections.abc import Callable, Mapping
from types import ModuleType

from autograder.checker.attempt import Attempt, Grading, TimeIsUp
from autograder.checker.channel import Channel, StudentFault
from autograder.checker.naming import catalogue
from autograder.checker.naming.catalogue import EVERY, LOOKS, SIGNS, WRONG, Misconception
from autograder.checker.naming.look import (
    Asked,
    Look,
    Seen,
    Stopped,
    answer,
    first_wrong,
    looks_of,
    order,
)
from autograder.checker.naming.name import Candidates, Sign, named
from autograder.checker.naming.wrong import MASTERS, WrongSolutions
from autograder.checker.student import Student
from autograder.course.folder import Course
from autograder.course.modules import CHECKS, MISCONCEPTIONS
from autograder.plaintext import one_line
from autograder.report import CheckResult, ExerciseResult, Judgement, Outcome, Verdict, Visibility
from autograder.submission.assignment import Assignment

SECONDS = 60.0  # of wall time, for all of a submission's exercises
_LOST = 1  # looks that code may leave unanswered for good, before nothing more is asked of it
_LONGEST = 900  # characters of what is said about an exercise

Begin = Callable[[Grading], Attempt]


class Adviser:
    """Names the ideas of one assignment; `wrong` is the process in which wrong solutions answer."""

    def __init__(
        self, course: Course, assignment: Assignment, wrong: Channel, reference: Student
    ) -> None:
        exercises = [each.id for each in assignment.exercises]
        self._catalogue = catalogue.load(course.checks, exercises)
        self._package = f"{CHECKS}.{course.assignment}.{MISCONCEPTIONS}"
        self._reference = reference
        self._wrong = WrongSolutions(wrong, assignment, self._catalogue, reference)

    def advised(self, judgement: Judgement, grading: Grading, begin: Begin) -> Judgement:
        """Return the judgement with its ideas named; `begin` starts a process of the student's."""
        puzzling = [each for each in judgement.exercises if self._puzzles(each)]
        if judgement.outcome is not Outcome.GRADED or not puzzling:
            return judgement
        naming = _Naming(self._wrong, grading, begin)
        exercises = {each.id: each for each in judgement.exercises}
        faults = []
        for result in puzzling:
            try:
                exercises[result.id] = self._explained(result, naming)
            except Exception as error:  # ours, and no reason to lose a judgement
                faults.append("".join(traceback.format_exception(error)))
        more = {"exercises": list(exercises.values()), "advice_fault": "\n".join(faults) or None}
        return judgement.model_copy(update=more | {"breach": judgement.breach or naming.end()})

    def _puzzles(self, result: ExerciseResult) -> bool:
        """Tell whether an exercise has lost something that an idea may explain, and its student may know."""
        kinds = ((result.id, SIGNS), (result.id, LOOKS), (EVERY, SIGNS))
        known = any(map(self._catalogue.files_of, *zip(*kinds, strict=True)))
        return known and any(map(_is_open_loss, result.checks))

    def _explained(self, result: ExerciseResult, naming: _Naming) -> ExerciseResult:
        looks, signs = self._looks(result.id), self._signs(result.id)
        candidates = Candidates(self._catalogue.of(result.id, WRONG), self._wrong)
        seen = naming.seen(result, looks, self._reference, candidates)
        idea = named(result.id, seen, self._catalogue, signs, candidates)
        return _with_words(result, idea, first_wrong(seen))

    def _looks(self, exercise: str) -> Mapping[str, Look]:
        return order(
            [each for module in self._modules(exercise, LOOKS) for each in looks_of(module)]
        )

    def _signs(self, exercise: str) -> dict[str, Sign]:
        modules = [*self._modules(EVERY, SIGNS), *self._modules(exercise, SIGNS)]
        return {name: value for module in modules for name, value in vars(module).items()}

    def _modules(self, exercise: str, kind: str) -> list[ModuleType]:
        files = self._catalogue.files_of(exercise, kind)
        return [importlib.import_module(f"{self._package}.{path.stem}") for path in files]


class _Naming:
    """The time that naming the ideas of one submission may take, and the student's process meanwhile."""

    def __init__(self, wrong: WrongSolutions, grading: Grading, begin: Begin) -> None:
        self._wrong = wrong
        wrong.deadline = time.monotonic() + SECONDS
        limits = grading.limits.model_copy(update={"submission": SECONDS})
        own = Grading(grading.plan, grading.seed, limits)
        own.unusable = grading.unusable
        self._begin, self._grading = begin, own
        self._attempt: Attempt | None = None

    def seen(
        self,
        result: ExerciseResult,
        looks: Mapping[str, Look],
        reference: Student,
        candidates: Candidates,
    ) -> Seen:
        """Ask the student's function, and the master's beside it, until enough is known."""
        theirs: dict[str, object] = {}
        ours: dict[str, object] = {}
        checks = {each.id: each for each in result.checks}
        seen = Seen(checks, theirs, ours, looks)
        if not looks or result.outcome is Verdict.TIMEOUT:
            return seen  # whoever let time run out once need not do so again
        self._wrong.begin(result.id)
        lost = 0
        try:
            for look in looks.values():
                if look.last and not all(map(seen.right, theirs)):
                    continue
                came = self._asked(result.id, look, reference)
                lost += isinstance(came, Stopped) and came.gone
                if lost > _LOST:
                    break
                if isinstance(came, Stopped) and came.gone:
                    continue
                theirs[look.name], ours[look.name] = came, self._wrong.answer(MASTERS, look)
                candidates.take(seen, look.name)
                if candidates.sure:
                    break
        except (StudentFault, TimeIsUp, _Undefined):
            self._drop()  # its cells do not run as they did: what was seen so far is what there is
        return seen

    def _asked(self, exercise: str, look: Look, reference: Student) -> object:
        attempt = self._attempt = self._attempt or self._begin(self._grading)
        attempt.begin(exercise, SECONDS, fresh=False)
        student = attempt.student()
        if attempt.script(exercise) is None and not attempt.defines(exercise):
            raise _Undefined
        came = answer(look, Asked(student, reference, attempt.script))
        reference.tidy_up()
        attempt.settle()
        if isinstance(came, Stopped) and came.gone:
            attempt.drop()
        return came

    def _drop(self) -> None:
        if self._attempt is not None:
            self._attempt.drop()

    def end(self) -> str | None:
        """End the student's process; return what it did that no notebook does, if anything."""
        return self._attempt.end() if self._attempt is not None else None


class _Undefined(Exception):
    """The exercise's function does not exist, so nothing can be asked of it."""


def _is_open_loss(check: CheckResult) -> bool:
    lost = check.outcome not in (Verdict.PASSED, Verdict.NOT_ATTEMPTED)
    return lost and check.visibility is Visibility.VISIBLE


def _with_words(result: ExerciseResult, idea: Misconception | None, shown: str) -> ExerciseResult:
    """Return the result with the idea's name at each check that did not pass, and its sentence."""
    said = [shown] if shown else []
    if idea is not None:
        said += [idea.sentence, f"Read again: {idea.read_again}."]
    message = one_line(" ".join([*([result.message] if result.message else []), *said]), _LONGEST)
    if idea is None:
        return result.model_copy(update={"message": message})
    checks = [
        check.model_copy(update={"misconception": idea.name})
        if check.outcome not in (Verdict.PASSED, Verdict.NOT_ATTEMPTED) else check
        for check in result.checks
    ]  # fmt: skip
    return result.model_copy(
        update={"message": message, "checks": checks, "misconception": idea.name}
    )
