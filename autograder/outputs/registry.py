"""What can be made from reports: the registry of outputs.

An output is a module with a function `make(reports) -> str`; the first line of its docstring is what
`autograder export` says of it. One that shows more than reports, who has not handed in say, and what was
decided, has a second one, `of_standings(standings) -> str`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

from autograder.grades.standing import Standing
from autograder.outputs import csv, json, terminal
from autograder.report import Report


@dataclass(frozen=True)
class Output:
    """One output: what it is, in a line, and the function that makes it."""

    line: str
    make: Callable[[Sequence[Report]], str]
    of_standings: Callable[[Sequence[Standing]], str] | None = None


def _output(module: ModuleType) -> Output:
    line = (module.__doc__ or "").partition("\n")[0]
    return Output(line, module.make, getattr(module, "of_standings", None))


OUTPUTS = {"csv": _output(csv), "json": _output(json), "terminal": _output(terminal)}
