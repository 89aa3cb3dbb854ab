"""What can be made from reports: the registry of outputs.

An output is a module with a function; the first line of the module's docstring is what `autograder export`
says of it. Three kinds differ in what the function takes:

    OUTPUTS     make(reports) -> str; one that shows more than reports, who has not handed in say, and what
                was decided, has a second one, of_standings(standings) -> str
    STANDINGS   make(standings) -> str
    FILLED      fill(standings, sheet, wanted) -> Filled, which fills in a table that an LMS handed out

One with ONE_REPORT = True is made of exactly one report, and refuses more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

from autograder.grades.standing import Standing
from autograder.grades.tables import Sheet
from autograder.outputs import (
    canvas,
    csv,
    feedback,
    gradescope,
    json,
    jsonl,
    moodle,
    prairielearn,
    terminal,
)
from autograder.outputs.filled import Filled, Wanted
from autograder.report import Report


@dataclass(frozen=True)
class Output:
    """One output: what it is, in a line, and the function that makes it."""

    line: str
    make: Callable[[Sequence[Report]], str]
    of_standings: Callable[[Sequence[Standing]], str] | None = None
    one_report: bool = False


@dataclass(frozen=True)
class OfStandings:
    """An output that is made from standings."""

    line: str
    make: Callable[[Sequence[Standing]], str]


@dataclass(frozen=True)
class Filling:
    """An output that fills in a table which an instructor has downloaded."""

    line: str
    fill: Callable[[Sequence[Standing], Sheet, Wanted], Filled]


def _line(module: ModuleType) -> str:
    return (module.__doc__ or "").partition("\n")[0]


def _output(module: ModuleType) -> Output:
    of_standings = getattr(module, "of_standings", None)
    return Output(_line(module), module.make, of_standings, getattr(module, "ONE_REPORT", False))


OUTPUTS = {
    "csv": _output(csv),
    "feedback": _output(feedback),
    "gradescope": _output(gradescope),
    "json": _output(json),
    "prairielearn": _output(prairielearn),
    "terminal": _output(terminal),
}
STANDINGS = {"jsonl": OfStandings(_line(jsonl), jsonl.make)}
FILLED = {
    "canvas": Filling(_line(canvas), canvas.fill),
    "moodle": Filling(_line(moodle), moodle.fill),
}
