"""Whose fault is it where each part is right by itself and the whole is not? Parts exchanged tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

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
    """What came of all parts together: what was seen of each exercise that is to blame."""

    seen: dict[str, Exception] = field(default_factory=dict)
    lost: bool = False  # the student's process

    def of(self, exercise: str) -> None:
        """Raise what was seen, where this exercise is to blame."""
        if exercise in self.seen:
            raise self.seen[exercise]


def tried(
    student: Student, reference: Student, rng: np.random.Generator, verdicts: Mapping[str, str]
) -> Outcome:
    """Put together what is right by itself, and find who is to blame where that fails."""
    own = frozenset(part for part in PARTS if verdicts.get(part) == "passed")
    run = partial(_fault, student, reference, rng, right=own)
    try:
        fault = run(own)
        if fault is None:
            return Outcome()
        if fault.sure:
            return Outcome({fault.part: _raised(fault)})
        return Outcome(_to_blame(run, own, fault))
    except StudentFault as lost:  # its process is gone: nothing can be exchanged any more
        return Outcome({getattr(lost, "part", "") or _last(own): lost}, lost=True)


def _to_blame(
    run: Callable[[frozenset[str]], Fault | None], own: frozenset[str], seen: Fault
) -> dict[str, Exception]:
    """Return the parts that have to be exchanged for ours, and what each does that is put back alone.

    What was `seen` at first is the last one's doing where each does well alone.
    """
    ordered = [part for part in EXCHANGED if part in own]
    for part in ordered:
        if run(own - {part}) is None:
            exchanged = [part]
            break
    else:
        exchanged = _several(run, ordered)
    good = own - set(exchanged)
    faults = {part: run(good | {part}) for part in exchanged}
    found = {part: _raised(fault) for part, fault in faults.items() if fault is not None}
    return found or {exchanged[-1]: _raised(seen)}


def _several(run: Callable[[frozenset[str]], Fault | None], ordered: list[str]) -> list[str]:
    """Return the first of these parts, as many as have to be exchanged together; all, if need be."""
    for count in range(2, len(ordered)):
        if run(frozenset(ordered[count:])) is None:
            return ordered[:count]
    return ordered


def _raised(fault: Fault) -> Exception:
    """Return what the check of the one to blame raises."""
    cause = fault.__cause__
    return cause if isinstance(cause, StudentError) else AssertionError(str(fault))


def _fault(
    student: Student,
    reference: Student,
    rng: np.random.Generator,
    own: frozenset[str],
    *,
    right: frozenset[str],
) -> Fault | None:
    try:
        Whole(student, reference, rng, own, right).run()
    except Fault as fault:
        return fault
    return None


def _last(own: frozenset[str]) -> str:
    return max(own, key=PARTS.index)
