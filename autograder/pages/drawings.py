"""Plots that a check may leave in its result: what it saw beside what it expected, as numbers.

No check does so yet. One that will puts a list under the key `plots` of its result, which every version of a
report keeps (report.py): each entry is a `Drawing`. It stands at the check, so that whoever may not see how
the check ended does not see what it drew, either.
"""

from __future__ import annotations

from typing import Annotated, Literal

from markupsafe import Markup
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError, model_validator

from autograder.pages import plots
from autograder.report import CheckResult

_MOST = 500  # numbers in a row: a plot is small, and so is its page

Words = Annotated[str, Field(max_length=200)]
Row = Annotated[list[FiniteFloat], Field(max_length=_MOST)]


class Drawing(BaseModel):
    """One plot: bars side by side, or curves; every series has a number for each label."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["bars", "curves"]
    title: Words
    labels: list[Words] = Field(min_length=1, max_length=_MOST)
    series: dict[Words, Row] = Field(min_length=1, max_length=4)

    @model_validator(mode="after")
    def _as_long(self) -> Drawing:
        if any(len(row) != len(self.labels) for row in self.series.values()):
            raise ValueError("every series has a number for each label")
        return self


def drawn(check: CheckResult) -> list[tuple[str, Markup]]:
    """Return the plots of a check, each with its title; one that is none is replaced by a word about it."""
    given = (check.model_extra or {}).get("plots", [])
    return [_drawn(check, each) for each in (given if isinstance(given, list) else [given])]


def _drawn(check: CheckResult, given: object) -> tuple[str, Markup]:
    try:
        drawing = Drawing.model_validate(given)
    except ValidationError as error:
        said = error.errors(include_url=False, include_input=False)[0]["msg"]
        return f"A plot of {check.id} cannot be shown: {said}.", Markup("")
    draw = plots.bars if drawing.kind == "bars" else plots.curves
    return drawing.title, draw(drawing.title, drawing.labels, drawing.series)
