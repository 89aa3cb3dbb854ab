"""Calls that a person makes: the student's functions and the reference's, one request after the other.

It is the loop behind ``autograder explain --shell``. A request names whose function it is and has plain
arguments; the answer has the value, or what happened instead, and what the code printed meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.checker.attempt import Attempt, TimeIsUp
from autograder.checker.channel import StudentError, StudentFault
from autograder.checker.hosted import Refusal
from autograder.checker.recorder import Recorder
from autograder.checker.shown import cut
from autograder.checker.student import BrokenReference, Remote, Student
from autograder.plaintext import spelled
from autograder.protocol.codec import CodecError
from autograder.protocol.transcript import Transcript, packed
from autograder.protocol.values import replaced

OPEN_SECONDS = (
    7 * 24 * 3600.0
)  # a person may go for a coffee; each call has the assignment's own limit


class Console:
    """Serves requests for the functions of one notebook, in a fresh worker wherever one was lost."""

    def __init__(self, attempt: Attempt, recorder: Recorder, reference: Student) -> None:
        self._attempt, self._recorder, self._reference = attempt, recorder, reference

    def serve(
        self, read: Callable[[], dict[str, Any] | None], say: Callable[[dict[str, Any]], None]
    ) -> None:
        """Answer requests until there are none left."""
        self._attempt.begin("", OPEN_SECONDS, fresh=False)
        try:
            self._attempt.student()
        except StudentFault:
            self._attempt.drop()  # the first call meets a fresh worker
        say({"opened": self._recorder.packed_cells()})
        while (request := read()) is not None:
            answer = self._answer(request) | {"number": request["number"]}
            try:
                say({"answer": answer})
            except CodecError:
                say({"answer": answer | {"value": None, "said": "a value too large to be shown"}})

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        function, args, kwargs = request["function"], request["args"], request["kwargs"]
        self._recorder.begin()
        answer: dict[str, Any] = {"value": None, "said": ""}
        try:
            if request["of"] == "reference":
                value = self._reference.ask("call", function, args, kwargs)
            else:
                value = self._attempt.student().ask("call", function, args, kwargs)
            answer["value"] = replaced(value, _handle)
        except (Refusal, BrokenReference, CodecError, TimeIsUp) as error:
            answer["said"] = cut(spelled(f"{error or type(error).__name__}"), 600)
        except StudentFault as fault:
            answer["said"] = cut(spelled(str(fault)), 600)
            if not isinstance(fault, StudentError):
                self._attempt.drop()
        answer["calls"] = packed(Transcript(calls=self._recorder.calls))
        return answer


def _handle(value: Any) -> Any:
    return value.handle if isinstance(value, Remote) else value
