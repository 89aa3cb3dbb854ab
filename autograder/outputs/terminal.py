"""A class as a table on the terminal, and a line for each submission to look closer at."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.fault import headline
from autograder.grades.standing import Standing, of_report
from autograder.plaintext import one_line, told_apart
from autograder.report import ExerciseResult, ManualResult, Outcome, Report, State, Verdict

WIDTH = 160  # where no terminal has one of its own
_STYLES = {Outcome.GRADED: "", Outcome.REJECTED: "yellow", Outcome.GRADER_ERROR: "bold red"}
_SIGNS = {Verdict.ERROR: " error", Verdict.TIMEOUT: " timeout", Verdict.NOT_ATTEMPTED: " -"}
_STATES = {State.ATTEMPTED: "by hand", State.UNTOUCHED: "-", State.MISSING: "missing"}


def make(reports: Sequence[Report]) -> str:
    """Return the table and the lines as text without colours."""
    return of_standings([of_report(report) for report in reports])


def of_standings(standings: Sequence[Standing]) -> str:
    """Return the table and the lines of everybody as text without colours."""
    console = Console(file=io.StringIO(), width=WIDTH)
    console.print(table_of(standings))
    for remark in remarks_on(standings):
        console.print(remark, soft_wrap=True)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text


def summary(reports: Sequence[Report]) -> Table:
    """Return the table of a class: a row per student, a column per exercise, points and troubles."""
    return table_of([of_report(report) for report in reports])


def table_of(standings: Sequence[Standing]) -> Table:
    """Return the table of everybody; the score is the one that counts."""
    reports = [each.report for each in standings if each.report is not None]
    exercises = list(dict.fromkeys(part.id for report in reports for part in report.exercises))
    by_hand = list(dict.fromkeys(part.id for report in reports for part in report.manual))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("student")
    table.add_column("score", justify="right")
    for name in (*exercises, *by_hand):
        table.add_column(Text(one_line(name.replace("_", " "))), justify="right")
    for standing in standings:
        report = standing.report
        scored = {part.id: part for part in report.exercises} if report else {}
        manual = {part.id: part for part in report.manual} if report else {}
        decided = {name: f"{given.points:g} by hand" for name, given in standing.decided.items()}
        table.add_row(
            Text(told_apart(standing.student, 40)),
            Text(_total(standing), style=_STYLES[report.outcome] if report else "yellow"),
            *(Text(decided.get(name) or _points(scored.get(name))) for name in exercises),
            *(Text(decided.get(name) or _state(manual.get(name))) for name in by_hand),
        )
    return table


def remarks(reports: Sequence[Report]) -> list[Text]:
    """Return a line for every submission that was not graded, or not like any other, saying why."""
    return remarks_on([of_report(report) for report in reports])


def remarks_on(standings: Sequence[Standing]) -> list[Text]:
    """Return the lines about everybody: what was not graded and why, and why a score is not the report's."""
    reports = [each.report for each in standings if each.report is not None]
    lines = [
        (report.student, f"{report.outcome}: {_reason(report)}")
        for report in reports
        if report.outcome is not Outcome.GRADED
    ]
    lines += [
        (
            r.student,
            f"look closer at this one: {r.breach}. Its score counts what it computed, no more.",
        )
        for r in reports
        if r.breach
    ]
    lines += [
        (r.student, f"graded, but no idea behind it could be named: {headline(r.advice_fault)}")
        for r in reports
        if r.advice_fault
    ]
    lines += [(report.student, report.note) for report in reports if report.note]
    lines += [(each.student, " ".join(each.reasons)) for each in standings if each.reasons]
    return [Text(f"{told_apart(student, 40)}: {one_line(line, 1000)}") for student, line in lines]


def _total(standing: Standing) -> str:
    """Return what counts, or in words why there is no score."""
    report = standing.report
    if standing.excused:
        return "excused"
    if standing.final is not None and (
        report is None or report.outcome is Outcome.GRADED or standing.decided
    ):
        return f"{standing.final:g}"
    return "not handed in" if report is None else report.outcome


def _points(part: ExerciseResult | None) -> str:
    return "" if part is None else f"{part.score:g}{_SIGNS.get(part.outcome, '')}"


def _state(part: ManualResult | None) -> str:
    return "" if part is None else _STATES[part.state]


def _reason(report: Report) -> str:
    return headline(report.fault) if report.fault else report.message
