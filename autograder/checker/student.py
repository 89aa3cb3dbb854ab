"""`student`: the notebook's functions, called from the checks as if they were ordinary ones.

``student.train(...)`` runs `train` of the notebook in the student's process. Numbers, arrays, lists and
the like come back by value; an object of a kind that the assignment's worker.py knows comes back as a
`Remote` that still lives over there. The reference answers through the same class.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from autograder.checker.channel import Channel, StudentError, StudentFault, WorkerLost
from autograder.checker.hosted import Hosted, Refusal, called
from autograder.protocol.codec import CodecError, Handle
from autograder.protocol.messages import Answer, Ask, Raised, Request, raised_from_plain
from autograder.protocol.values import replaced
from autograder.submission.plan import Script

Timeout = Callable[[], float]
"""How many seconds the next call may take."""
_Kind = TypeVar("_Kind")


class BrokenReference(Exception):
    """The reference is gone or hangs: ours to mend."""


class BrokenStandIn(Exception):
    """What the checker plays for student code raised: ours to mend."""


class Student:
    """One notebook's functions by name, and what checks need beside them."""

    def __init__(self, channel: Channel, timeout: Timeout) -> None:
        self._channel = channel
        self._timeout = timeout
        self._hosted: list[Hosted] = []
        self._kept = 0  # the first of them, for good
        self._functions: dict[str, Callable[..., Any]] = {}

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return the student's function `name`."""
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *args, **kwargs: self.ask("call", name, list(args), kwargs)

    def ask(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """Have the student's process do one of its operations (worker/main.py lists them)."""
        request = Request(operation, self._plain(list(args)), self._plain(kwargs))
        return self._rich(self._channel.request(request, self._timeout(), self._play))

    @property
    def idle(self) -> bool:
        """Whether the student's process waits for the next request."""
        return self._channel.idle

    def set_timeout(self, timeout: Timeout) -> None:
        """Set how many seconds each later call may take."""
        self._timeout = timeout

    def provide(self, **functions: Callable[..., Any]) -> None:
        """Let these functions of the checker's stand in for the notebook's functions of those names."""
        for name, function in functions.items():
            self._functions[name] = function
            self.ask("provide", name)

    def keep(self) -> None:
        """Make the variables that the notebook has been given its own, which `tidy_up` leaves alone."""
        self.ask("keep")
        self._kept = len(self._hosted)

    def tidy_up(self) -> None:
        """Undo what checks did to the notebook: stand-ins, variables, objects."""
        self.ask("tidy_up")
        del self._hosted[self._kept :]
        self._functions.clear()

    def once(self, name: str) -> Any:
        """Return what the function `name` returned when it was first called in this process."""
        return self.ask("call_once", name)

    def repeated(self, name: str, count: int, *args: Any) -> Any:
        """Return what the function `name` returned in `count` calls, each with fresh copies of the arrays."""
        return self.ask("call_repeatedly", name, count, list(args))

    def each(self, name: str, many: list[list[Any]]) -> list[Any]:
        """Return what the function `name` returned in calls in a row, as it is after the last of them.

        Raises WorkerLost where the answer has another number of results.
        """
        results = self.ask("call_each", name, many)
        if not isinstance(results, list) or len(results) != len(many):
            raise WorkerLost("it answered with something else than it was asked for")
        return results

    def in_turns(self, name: str, turns: list[int], many: list[list[Any]]) -> Any:
        """Return what the function `name` returned when it was called with many[turn] for each of `turns`."""
        return self.ask("call_in_turns", name, turns, many)

    def with_arguments(self, name: str, *args: Any) -> tuple[Any, list[Any]]:
        """Return the result of the function `name`, and its arguments as they are after the call."""
        answer = self.ask("call_with_arguments", name, list(args))
        if not isinstance(answer, tuple) or len(answer) != 2 or not isinstance(answer[1], list):
            raise WorkerLost("it answered with something else than it was asked for")
        return answer[0], answer[1]

    def run_cell(self, name: str, source: str) -> None:
        """Run a cell; raise StudentError with what went wrong in it first."""
        for raised in self.cell_errors(name, source):
            raise StudentError(raised)

    def run_script(self, script: Script) -> None:
        """Run a cell that is an exercise itself, behind the given cells that it needs.

        Raises StudentError with what went wrong in it first.
        """
        for cell, names in script.needs:
            if not all(self.ask("has", name) is True for name in names):
                self.cell_errors(cell.name, cell.source)
        self.run_cell(script.cell.name, script.cell.source)

    def cell_errors(self, name: str, source: str) -> list[Raised]:
        """Run a cell; return what its statements raised, 50 at the most."""
        raised = self.ask("run_cell", name, source)
        return [raised_from_plain(each) for each in raised[:50]] if isinstance(raised, list) else []

    def _plain(self, value: Any) -> Any:
        return replaced(value, self._plain_leaf)

    def _plain_leaf(self, value: Any) -> Any:
        if isinstance(value, Hosted):
            return Handle(value.kind, self._number_of(value))
        return value.handle if isinstance(value, Remote) else value

    def _number_of(self, hosted: Hosted) -> int:
        """Return the number by which the student's process knows one of our objects."""
        for number, known in enumerate(self._hosted):
            if known is hosted:
                return number
        self._hosted.append(hosted)
        return len(self._hosted) - 1

    def _rich(self, value: Any) -> Any:
        return replaced(value, self._rich_leaf)

    def _rich_leaf(self, value: Any) -> Any:
        if not isinstance(value, Handle):
            return value
        hosted = self._find_hosted(value.kind, value.id)
        if hosted is not None:
            return hosted
        return Remote.kinds.get(value.kind, Remote)(self, value)

    def _find_hosted(self, kind: str, number: int) -> Hosted | None:
        found = self._hosted[number] if number < len(self._hosted) else None
        return found if found is not None and found.kind == kind else None

    def _play(self, ask: Ask) -> Answer:
        """Answer what student code asks for; a refusal becomes an exception over there."""
        try:
            function = self._target(ask.target)
            value = called(function, self._rich(ask.args), self._rich(ask.kwargs))
            return Answer(self._plain(value))
        except (Refusal, CodecError) as refusal:
            return Answer(None, str(refusal)[:500])
        except (OSError, MemoryError) as error:
            # The channel takes these for what the worker's end of the socket did.
            raise BrokenStandIn(f"{ask.target} raised {error!r}") from error

    def _target(self, name: str) -> Callable[..., Any]:
        if name in self._functions:
            return self._functions[name]
        match name.split("."):
            case [kind, number, method] if re.fullmatch("[0-9]{1,9}", number):
                hosted = self._find_hosted(kind, int(number))
                if hosted is not None and method in hosted.methods:
                    return getattr(hosted, method)  # type: ignore[no-any-return]
        raise Refusal(f"there is no {name} here")


class Reference(Student):
    """The master's functions. Where they fail it is our fault, unless student code called them oddly."""

    def ask(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """See Student.ask. Raises Refusal where the master's code raised, BrokenReference for the rest."""
        try:
            return super().ask(operation, *args, **kwargs)
        except StudentError as error:
            raise Refusal(str(error)) from error
        except StudentFault as error:
            raise BrokenReference(str(error)) from error


class Remote:
    """Something that lives in the student's process. What it says is hearsay; what it computes is evidence.

    A subclass with a `kind` is what checks get for objects of that kind.
    """

    kind: ClassVar[str] = ""
    kinds: ClassVar[dict[str, type[Remote]]] = {}

    def __init_subclass__(cls) -> None:
        Remote.kinds[cls.kind] = cls

    def __init__(self, student: Student, handle: Handle) -> None:
        self._student = student
        self.handle = handle

    def ask(self, operation: str, *args: Any) -> Any:
        """Have the student's process do an operation with this object as its first argument."""
        return self._student.ask(operation, self, *args)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Remote) and self.handle == other.handle

    def __hash__(self) -> int:
        return hash(self.handle)


def made(kind: type[_Kind], value: Any) -> _Kind:
    """Return `value`, which the worker's own code made: where it is something else, the worker lies."""
    if not isinstance(value, kind):
        raise WorkerLost("it answered with something else than it was asked for")
    return value
