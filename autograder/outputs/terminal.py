"""The summary on the terminal."""

from __future__ import annotations

from typing import Any

from rich.table import Table
from rich.text import Text

from autograder import report
from autograder.plaintext import one_line, told_apart

_STYLES = {report.GRADED: "", report.REJECTED: "yellow", report.GRADER_ERROR: "bold red"}
_SIGNS = {
    report.FAILED: "",
    report.ERROR: " error",
    report.TIMEOUT: " timeout",
    report.NOT_ATTEMPTED: " -",
    report.PASSED: "",
}


def summary(reports: list[dict[str, Any]]) -> Table:
    """Return the table of a class: a row per student, a column per exercise, points and troubles."""
    exercises = list(dict.fromkeys(e["id"] for r in reports for e in r["exercises"]))
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("student")
    table.add_column("score", justify="right")
    for exercise in exercises:
        table.add_column(exercise.replace("_", " "), justify="right")
    for content in reports:
        known = {exercise["id"]: exercise for exercise in content["exercises"]}
        table.add_row(
            Text(told_apart(content["student"], 40)),
            Text(_total(content), style=_STYLES[content["outcome"]]),
            *(Text(_points(known.get(exercise))) for exercise in exercises),
        )
    return table


def _total(content: dict[str, Any]) -> str:
    return f"{content['score']:g}" if content["outcome"] == report.GRADED else content["outcome"]


def _points(exercise: dict[str, Any] | None) -> str:
    return "" if exercise is None else f"{exercise['score']:g}{_SIGNS[exercise['outcome']]}"


def remarks(reports: list[dict[str, Any]]) -> list[Text]:
    """Return a line for every submission that was not graded, or not like any other, saying why."""
    lines = [
        (r, f"{r['outcome']}: {r.get('fault') or r['message']}")
        for r in reports
        if r["outcome"] != report.GRADED
    ]
    lines += [
        (r, f"look closer at this one: {r['breach']}. Its score counts what it computed, no more.")
        for r in reports
        if r.get("breach")
    ]
    return [Text(f"{told_apart(r['student'], 40)}: {one_line(line, 1000)}") for r, line in lines]
