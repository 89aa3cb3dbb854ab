"""A table for a spreadsheet: a row per student, a column per exercise, safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from autograder.grades.standing import Standing, of_report
from autograder.plaintext import one_line, told_apart
from autograder.plaintext import spreadsheet_cell as cell
from autograder.report import Report

NOT_HANDED_IN = "not_handed_in"
_HEAD = ("student", "outcome", "score", "max_score")
_STANDING = ("raw", "penalty", "final", "group", "reason")


def make(reports: Sequence[Report]) -> str:
    """Return the table of all `reports` (RFC 4180)."""
    return of_standings([of_report(report) for report in reports])


def of_standings(standings: Sequence[Standing]) -> str:
    """Return the table of everybody (RFC 4180).

    `score` is the report's own; `raw` has in it what was decided by hand, `penalty` is what being late takes
    off, `final` what counts, `reason` why. An exercise has its points, decided ones where there are some; an
    answer that a person grades has until then the state of its place in the notebook. `misconceptions` are
    the wrong ideas that were named.
    """
    reports = [each.report for each in standings if each.report is not None]
    exercises = list(dict.fromkeys(part.id for report in reports for part in report.exercises))
    by_hand = list(dict.fromkeys(part.id for report in reports for part in report.manual))
    columns = [*exercises, *(name for name in by_hand if name not in exercises)]
    decided = (name for each in standings for name in each.decided)
    columns += dict.fromkeys(name for name in decided if name not in columns)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([*_HEAD, *map(cell, columns), *_STANDING, "misconceptions", "message"])
    table.writerows(_row(each, columns) for each in standings)
    return text.getvalue()


def _row(standing: Standing, columns: Sequence[str]) -> list[object]:
    report = standing.report
    parts: dict[str, object] = {}
    if report is not None:
        parts |= {part.id: part.score for part in report.exercises}
        parts |= {part.id: part.state for part in report.manual}
    parts |= {name: given.points for name, given in standing.decided.items()}
    return [
        cell(told_apart(standing.student)),
        NOT_HANDED_IN if report is None else report.outcome,
        "" if report is None else _number(report.score),
        "" if report is None else report.max_score,
        *(parts.get(name, "") for name in columns),
        _number(standing.raw),
        standing.penalty,
        _number(standing.final),
        cell(told_apart(standing.group, 200)),
        cell(one_line(" ".join(standing.reasons), 2000)),
        "" if report is None else cell(_misconceptions(report)),
        "" if report is None else cell(one_line(report.message, 300)),
    ]


def _misconceptions(report: Report) -> str:
    """Return the wrong ideas that were named, each behind its exercise."""
    named = (f"{part.id}: {part.misconception}" for part in report.exercises if part.misconception)
    return one_line("; ".join(named), 1000)


def _number(score: float | None) -> float | str:
    return "" if score is None else score
