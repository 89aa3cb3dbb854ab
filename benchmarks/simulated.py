"""The command `autograder` with one engine more, `simulated`, whose sessions take time and no processor.

    SIMULATED_SECONDS=0.01 python -m benchmarks.simulated grade submitted --engine simulated

All that grading is beside a session is real: finding, digests, queues, reports on disk, tables, the network.
"""

from __future__ import annotations

import os
import time

from autograder import report
from autograder.cli.main import main
from autograder.course.folder import Course
from autograder.engines.base import Session
from autograder.engines.registry import ENGINES
from autograder.report import CheckResult, Judgement, Verdict

NAME = "simulated"
_EXERCISES, _CHECKS = 7, 7  # as many as the largest assignment has, more or less
_SENTENCE = (
    "What came is not what was expected: look at the sum once more, and at the step before it."
)


class SimulatedSession:
    """A session that says the same of everybody, after a while."""

    def __init__(self) -> None:
        self._seconds = float(os.environ["SIMULATED_SECONDS"])

    def grade(
        self, notebook: bytes, seed: int, explain: bool = False, can_wait: bool = False
    ) -> Judgement:
        """Return the judgement after as many seconds as were asked for."""
        time.sleep(self._seconds)
        return _judgement()

    def close(self) -> None:
        """End."""

    kill = close


class SimulatedEngine:
    """Starts such sessions."""

    name = NAME

    def __init__(self, course: Course) -> None:
        self._course = course

    def problem(self, asked_for: bool = True) -> str | None:
        """It works everywhere, for whoever asks for it."""
        return None if asked_for else "Nothing is graded with it."

    def probe(self) -> dict[str, bool]:
        """Nothing runs, so nothing is confined."""
        return {}

    def digest(self) -> str:
        """The same everywhere."""
        return f"sha256:{'0' * 64}"

    def start(self) -> Session:
        """Start one."""
        return SimulatedSession()  # type: ignore[return-value]


def _judgement() -> Judgement:
    checks = [
        CheckResult(id=f"check_{n}", outcome=Verdict.FAILED, weight=1.0, message=_SENTENCE)
        for n in range(_CHECKS)
    ]
    return report.graded(
        [report.exercise_result(f"exercise_{n}", 10.0, checks) for n in range(_EXERCISES)]
    )


ENGINES[NAME] = SimulatedEngine

if __name__ == "__main__":
    main()
