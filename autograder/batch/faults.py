"""The faults of ours that a batch meets: which a retry does not mend, and which come again and again."""

from __future__ import annotations

import threading

from autograder.errors import AutograderError
from autograder.fault import cause, headline
from autograder.report import Judgement, Outcome, Report

IN_A_ROW = 3  # a check that is broken breaks for a whole class


class SameFault(AutograderError):
    """The same fault met submission after submission; the text says which."""


class Faults:
    """What all lanes of a batch know of the faults so far."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lasting: set[str] = set()
        self._last, self._times = "", 0

    def is_lasting(self, judgement: Judgement) -> bool:
        """Tell whether an earlier submission met this fault in a fresh session as well."""
        return cause(judgement.fault or "") in self._lasting

    def lasted(self, judgement: Judgement) -> None:
        """Remember a fault that a retry did not mend."""
        with self._lock:
            self._lasting.add(cause(judgement.fault or ""))

    def count(self, report: Report) -> None:
        """Take notice of the next report; raise SameFault where its fault is one too many of a kind.

        A submission that was rejected ran no check, so it says nothing about them.
        """
        with self._lock:
            if report.outcome is Outcome.GRADED:
                self._times = 0
            elif report.outcome is Outcome.GRADER_ERROR:
                fault = report.fault or ""
                self._times = self._times + 1 if cause(fault) == self._last else 1
                self._last = cause(fault)
                if self._times >= IN_A_ROW:
                    raise SameFault(
                        f"Grading stopped, for {IN_A_ROW} submissions in a row met the same fault of ours: "
                        f"{headline(fault)}. Mend it and run the same command again; what was graded is kept."
                    )
