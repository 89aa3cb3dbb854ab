"""The student while a submission is explained: every call is written down, and answered as ever."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from autograder.checker.channel import Channel, StudentError, StudentFault, StudentTimeout
from autograder.checker.recorder import Recorder
from autograder.checker.shown import cut, shown
from autograder.checker.student import Student, Timeout
from autograder.plaintext import one_line, spelled
from autograder.protocol.messages import Answer, Ask, raised_from_plain
from autograder.protocol.transcript import Call

# Of no interest to who reads what a check did.
_HOUSEKEEPING = {"seed", "keep", "provide", "tidy_up", "defines", "has"}
_PRINTED = 4000  # characters

Printed = Callable[[], tuple[int, bytes]]


class RecordedStudent(Student):
    """A student whose calls `recorder` keeps; `printed` returns what its worker has printed since."""

    def __init__(
        self, channel: Channel, timeout: Timeout, recorder: Recorder, printed: Printed
    ) -> None:
        super().__init__(channel, timeout)
        self._recorder, self._printed = recorder, printed
        self._cells_ran = False
        self._call: Call | None = None
        recorder.fresh_worker()
        super().ask("trace")

    def set_timeout(self, timeout: Timeout) -> None:
        """See Student.set_timeout: from now on it is checks that call."""
        super().set_timeout(timeout)
        self._cells_ran = True

    def provide(self, **functions: Callable[..., Any]) -> None:
        """See Student.provide."""
        self._recorder.provided(list(functions))
        super().provide(**functions)

    def ask(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """See Student.ask."""
        if operation in _HOUSEKEEPING or (not self._cells_ran and operation != "run_cell"):
            return super().ask(operation, *args, **kwargs)
        if self._cells_ran:
            self._call = call = self._recorder.call(operation, list(args), kwargs)
        else:
            self._call = call = self._recorder.cell(args[0])
        try:
            result = super().ask(operation, *args, **kwargs)
            call.outcome, call.result = "returned", shown(result)
            if operation == "run_cell":
                call.outcome, call.result = _ran(result)
            return result
        except StudentFault as fault:
            call.outcome, call.result = _faulted(fault)
            raise
        finally:
            self._call = None
            self._look(call)

    def _play(self, ask: Ask) -> Answer:
        answer = super()._play(ask)
        if self._call is not None:
            self._recorder.asked(self._call, ask, answer)
        return answer

    def _look(self, call: Call) -> None:
        """Add what the call printed and where it raised; whatever goes wrong here changes no verdict."""
        with contextlib.suppress(Exception):
            if self.idle:
                self._recorder.passed_through(call, super().ask("traced"))
        count, first = self._printed()
        call.printed_bytes = count
        call.printed = cut(spelled(first.decode(errors="replace")), _PRINTED)


def _ran(raised: Any) -> tuple[str, str]:
    """Return how a cell ended, and what its statements raised."""
    found = [raised_from_plain(each) for each in raised[:3]] if isinstance(raised, list) else []
    said = [
        f"{one_line(spelled(each.type_name))}: {one_line(spelled(each.text))} (line {each.line})"
        for each in found
    ]
    return ("raised", "; ".join(said)) if said else ("returned", "")


def _faulted(fault: StudentFault) -> tuple[str, str]:
    """Return how a call ended that did not answer, and what is to be said of it."""
    if isinstance(fault, StudentError):
        raised = fault.raised
        said = f"{raised.type_name}: {raised.text}" if raised.text else raised.type_name
        return "raised", cut(" ".join(spelled(said).split()), 600)
    if isinstance(fault, StudentTimeout):
        return "timeout", str(fault)
    return "lost", cut(spelled(str(fault)), 300)
