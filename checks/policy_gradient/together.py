"""Whose fault is it where each part is right by itself and the whole is not? Parts exchanged tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from autograder.checker.channel import StudentError, StudentFault
from autograder.checker.student import Student
from checks.policy_gradient.whole import PARTS, Fault, Whole

# In this order, since ours in the place of `train` hides what is wrong with the model that it is given.
EXCHANGED = (
    "select_action",
    "run_episode",
    "build_model",
    "compile_model",
    "discount_rewards",
    "train",
)


@dataclass(repr=False)
class Outcome:
    """What came of all parts together: the exercise that is to blame, if any, and what was seen."""

    culprit: str = ""
    sentence: str = ""
    error: StudentFault | None = None

    def of(self, exercise: str) -> None:
        """Raise what was seen, where this exercise is to blame."""
        if self.culprit != exercise:
            return
        if self.error is not None:
            raise self.error
        raise AssertionError(self.sentence)


def tried(
    student: Student, reference: Student, rng: np.random.Generator, verdicts: Mapping[str, str]
) -> Outcome:
    """Put together what is right by itself, and find who is to blame where that fails."""
    own = frozenset(part for part in PARTS if verdicts.get(part) == "passed")
    try:
        fault = _fault(student, reference, rng, own, own)
        if fault is None:
            return Outcome()
        found = "" if fault.sure else _culprit(student, reference, rng, own)
        culprit = found or fault.part or _last(own)
    except StudentFault as lost:  # its process is gone: nothing can be exchanged any more
        return Outcome(getattr(lost, "part", "") or _last(own), error=lost)
    cause = fault.__cause__
    return Outcome(culprit, str(fault), cause if isinstance(cause, StudentError) else None)


def _culprit(
    student: Student, reference: Student, rng: np.random.Generator, own: frozenset[str]
) -> str:
    """Return the one part that has to be exchanged for ours; where one is not enough, the last of several."""
    ordered = [part for part in EXCHANGED if part in own]
    for part in ordered:
        if _fault(student, reference, rng, own - {part}, own) is None:
            return part
    left = own
    for part in ordered:
        left -= {part}
        if left and _fault(student, reference, rng, left, own) is None:
            return part
    return ""


def _fault(
    student: Student,
    reference: Student,
    rng: np.random.Generator,
    own: frozenset[str],
    right: frozenset[str],
) -> Fault | None:
    try:
        Whole(student, reference, rng, own, right).run()
    except Fault as fault:
        return fault
    return None


def _last(own: frozenset[str]) -> str:
    return max(own, key=PARTS.index)
