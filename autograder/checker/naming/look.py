"""What an assignment's `<exercise>_looks.py` is written with: questions whose answers tell ideas apart.

    @look("For the rewards 0, 0, 1 and gamma 0.5", "discount_rewards returned")
    def one_point(asked: Asked) -> Any:
        return asked.student.discount_rewards(np.array([0.0, 0.0, 1.0]), 0.5)

A look asks the student's functions, the master's or a wrong solution's, always the same: its inputs are made
for showing and nothing of the hidden checks' is in them. Looks are made in the order of the file, from the
smallest on, and the first whose answer is not as the master's is what a student reads of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from autograder.checker.channel import StudentError, StudentTimeout, WorkerLost
from autograder.checker.hints import kind
from autograder.checker.hosted import Hosted, Refusal
from autograder.checker.student import Remote, Student
from autograder.plaintext import one_line
from autograder.protocol.codec import Handle, Opaque
from autograder.protocol.values import replaced
from autograder.report import CheckResult, Verdict
from autograder.submission.plan import Script

RAISED, LATE, LOST, REFUSED = "raised", "late", "lost", "refused"
_ODD = (
    AssertionError,
    ArithmeticError,
    AttributeError,
    LookupError,
    Refusal,
    TypeError,
    ValueError,
)
_RTOL, _ATOL = 1e-3, 1e-5


@dataclass(frozen=True)
class Asked:
    """Whom a look asks: `student` is a student's functions, or those that are compared with them.

    `reference` has the master's, to stand in for what another exercise asks for; `script` returns the cell
    that is an exercise itself.
    """

    student: Student
    reference: Student
    script: Callable[[str], Script | None] = lambda exercise: None


@dataclass(frozen=True)
class Stopped:
    """What came in place of an answer: `how` it is none, what was raised if anything, and what that said."""

    how: str
    kind: str = ""
    text: str = ""

    @property
    def gone(self) -> bool:
        """Whether nothing can be asked after that."""
        return self.how in (LATE, LOST)


Ask = Callable[[Asked], Any]
Same = Callable[[Any, Any], bool]
Say = Callable[[Any, Any], str]


@dataclass(frozen=True)
class Look:
    """One question. `say(came, wanted)` is what a student reads where the answer is wrong, "" if nothing.

    `telling` says that two wrong ideas hardly give the same wrong answer, so that one of several in the
    same function is recognised by it. `last` is asked only where all before is as it should be.
    """

    name: str
    ask: Ask
    same: Same
    say: Say
    telling: bool
    last: bool


class NotSeen(LookupError):
    """A look that was not made, since the code did not get so far."""


@dataclass(frozen=True)
class Seen:
    """What is known of an exercise that lost points: its checks, and by look what came and what should."""

    checks: Mapping[str, CheckResult]
    theirs: Mapping[str, Any]
    ours: Mapping[str, Any]
    looks: Mapping[str, Look]

    def __getitem__(self, look: str) -> Any:
        """Return what a look was answered. Raises NotSeen where it was not made, or not answered."""
        if look not in self.theirs or isinstance(self.theirs[look], Stopped):
            raise NotSeen(look)
        return self.theirs[look]

    def stopped(self, look: str) -> Stopped | None:
        """Return what came in place of an answer, if anything did."""
        came = self.theirs.get(look)
        return came if isinstance(came, Stopped) else None

    def right(self, look: str) -> bool:
        """Tell whether a look was answered as the master answers it. Raises NotSeen where it was not made."""
        if look not in self.theirs:
            raise NotSeen(look)
        return self.looks[look].same(self.theirs[look], self.ours[look])

    def wrong(self, look: str) -> bool:
        """Tell whether there came an answer, and not the master's."""
        return look in self.theirs and self.stopped(look) is None and not self.right(look)

    def failed(self, *checks: str) -> bool:
        """Tell whether all these checks failed."""
        return all(self.checks[check].outcome is not Verdict.PASSED for check in checks)

    def raised(self, *types: str) -> bool:
        """Tell whether the first thing that went wrong was an exception of one of these types."""
        said = [answer for answer in self.theirs.values() if isinstance(answer, Stopped)]
        return bool(said) and said[0].kind in types

    def raised_at(self, look: str, *types: str) -> bool:
        """Tell whether this look met an exception of one of these types."""
        came = self.stopped(look)
        return came is not None and came.kind in types

    def said(self) -> str:
        """Return what the first exception said that a look met, and what the first failed check says."""
        stopped = (each for each in self.theirs.values() if isinstance(each, Stopped))
        raised = next((f"{each.kind}: {each.text} " for each in stopped), "")
        failed = (each for each in self.checks.values() if each.outcome is not Verdict.PASSED)
        return raised + next((each.message for each in failed), "")


def look(
    about: str = "",
    came: str = "your code gave",
    *,
    same: Same | None = None,
    say: Say | None = None,
    telling: bool = True,
    last: bool = False,
    rtol: float = _RTOL,
    atol: float = _ATOL,
) -> Callable[[Ask], Look]:
    """Make a function a Look. Without `about` and `say` nothing of it is shown to a student."""

    def sentence(theirs: Any, ours: Any) -> str:
        if isinstance(theirs, Stopped):
            return f"{about} your code stopped with {theirs.kind}." if about and theirs.kind else ""
        did, should = written(theirs), written(ours)
        return f"{about} {came} {did}; it should be {should}." if about and did != should else ""

    def decorate(ask: Ask) -> Look:
        def alike(one: Any, other: Any) -> bool:
            return close(one, other, rtol, atol)

        return Look(ask.__name__, ask, same or alike, say or sentence, telling, last)

    return decorate


def looks_of(module: ModuleType) -> list[Look]:
    """Return the looks of a file, in its order."""
    return [value for value in vars(module).values() if isinstance(value, Look)]


def answer(question: Look, asked: Asked, right: bool = False) -> Any:
    """Return what comes of a look as plain data, or Stopped where the code raised or did not end.

    A look that cannot do anything with what came met something odd, unless the code is `right`.
    """
    try:
        return replaced(question.ask(asked), _plain)
    except StudentError as error:
        return Stopped(RAISED, kind(error.raised), one_line(error.raised.text, 200))
    except StudentTimeout:
        return Stopped(LATE)
    except WorkerLost:
        return Stopped(LOST)
    except _ODD as error:  # of checker/expect.py, or of computing with something that is no number
        if right:
            raise
        return Stopped(REFUSED, "", one_line(str(error), 200))


def packed(answer: Any) -> list[Any]:
    """Return an answer as plain data that can cross."""
    if isinstance(answer, Stopped):
        return [False, answer.how, answer.kind, answer.text]
    return [True, answer]


def unpacked(plain: Any) -> Any:
    """Return the answer that was packed."""
    whole, *rest = plain
    return rest[0] if whole else Stopped(*rest)


def _plain(value: Any) -> Any:
    if isinstance(value, Remote | Hosted | Handle):
        return f"<{value.kind}>"
    return f"<{value.type_name}>" if isinstance(value, Opaque) else value


def close(one: Any, other: Any, rtol: float = _RTOL, atol: float = _ATOL) -> bool:
    """Tell whether two answers are the same but for rounding; lists and arrays of numbers are alike."""
    if isinstance(one, Stopped) or isinstance(other, Stopped):
        both = isinstance(one, Stopped) and isinstance(other, Stopped)
        return both and (one.how, one.kind) == (other.how, other.kind)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            close(one[key], other[key], rtol, atol) for key in one
        )
    numbers = [_numbers(each) for each in (one, other)]
    if numbers[0] is not None and numbers[1] is not None:
        return numbers[0].shape == numbers[1].shape and bool(
            np.allclose(numbers[0], numbers[1], rtol, atol, equal_nan=True)
        )
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(
            close(a, b, rtol, atol) for a, b in zip(one, other, strict=True)
        )
    return type(one) is type(other) and not isinstance(one, np.ndarray) and bool(one == other)


def tells(answer: Any) -> bool:
    """Tell whether an answer is one that two wrong ideas hardly share: nothing, or zeros alone, is none."""
    if isinstance(answer, list | tuple):
        return any(map(tells, answer))
    numbers = _numbers(answer)
    return isinstance(answer, str) or (numbers is not None and bool(np.any(numbers)))


def _numbers(value: Any) -> np.ndarray[Any, Any] | None:
    """Return an array of numbers, or None where `value` is none."""
    if isinstance(value, bool | str) or value is None or isinstance(value, dict):
        return None
    try:
        array = np.asarray(value)
        return array.astype(np.float64) if array.dtype.kind in "iufb" else None
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def written(value: Any) -> str:
    """Return an answer in the words of a sentence: numbers with commas between, as a person writes them."""
    if isinstance(value, Stopped):
        return "nothing of use"
    numbers = _numbers(value)
    if value is None:
        return "nothing"
    if numbers is None:
        return one_line(str(value), 80)
    if numbers.ndim == 0:
        return f"{numbers:.4g}" if abs(numbers) < 1e4 or numbers % 1 else f"{numbers:,.0f}"
    if numbers.ndim == 1 and len(numbers) <= 12:
        return ", ".join(f"{number:.4g}" for number in numbers) or "nothing"
    return f"numbers of the shape {tuple(map(int, numbers.shape))}"


def first_wrong(seen: Seen) -> str:
    """Return the sentence on the smallest look that shows the fault; empty where none does."""
    for name, came in seen.theirs.items():
        each = seen.looks[name]
        if not each.same(came, seen.ours[name]) and (said := each.say(came, seen.ours[name])):
            return said
    return ""


def order(looks: Sequence[Look]) -> dict[str, Look]:
    """Return looks by their names, in their order."""
    return {each.name: each for each in looks}
