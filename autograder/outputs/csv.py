"""A table for a spreadsheet: a row per student, a column per exercise, safe to open."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from autograder.plaintext import one_line, told_apart
from autograder.plaintext import spreadsheet_cell as cell
from autograder.report import Report


def make(reports: Sequence[Report]) -> str:
    """Return the table of all `reports` (RFC 4180).

    An exercise has its points; an answer that a person grades has the state of its place in the notebook.
    """
    exercises = list(dict.fromkeys(part.id for report in reports for part in report.exercises))
    by_hand = list(dict.fromkeys(part.id for report in reports for part in report.manual))
    text = io.StringIO()
    table = csv.writer(text)
    names = map(cell, (*exercises, *by_hand))
    table.writerow(["student", "outcome", "score", "max_score", *names, "message"])
    for report in reports:
        scores = {part.id: part.score for part in report.exercises}
        states = {part.id: part.state for part in report.manual}
        table.writerow(
            [
                cell(told_apart(report.student)),
                report.outcome,
                "" if report.score is None else report.score,
                report.max_score,
                *(scores.get(name, "") for name in exercises),
                *(states.get(name, "") for name in by_hand),
                cell(one_line(report.message, 300)),
            ]
        )
    return text.getvalue()
