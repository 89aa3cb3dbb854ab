"""What can be made from reports: the registry of outputs.

An output is a module with a function `make(reports) -> str`; the first line of its docstring is what
`autograder export` says of it. One that shows more than reports, who has not handed in say, and what was
decided, has a second one, `of_standings(standings) -> str`. One with `ONE_REPORT = True` is made of exactly
one report, and refuses more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

from autograder.grades.standing import Standing
from autograder.outputs import csv, feedback, gradescope, json, prairielearn, terminal
from autograder.report import Report


@dataclass(frozen=True)
class Output:
    """One output: what it is, in a line, and the function that makes it."""

    line: str
    make: Callable[[Sequence[Report]], str]
    of_standings: Callable[[Sequence[Standing]], str] | None = None
    one_report: bool = False


def _output(module: ModuleType) -> Output:
    line = (module.__doc__ or "").partition("\n")[0]
    of_standings = getattr(module, "of_standings", None)
    return Output(line, module.make, of_standings, getattr(module, "ONE_REPORT", False))


OUTPUTS = {
    "csv": _output(csv),
    "feedback": _output(feedback),
    "gradescope": _output(gradescope),
    "json": _output(json),
    "prairielearn": _output(prairielearn),
    "terminal": _output(terminal),
}
