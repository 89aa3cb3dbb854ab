"""The tables of the class page as CSV, each cell safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from autograder.pages import words
from autograder.pages.classroom import ClassPage
from autograder.plaintext import one_line, spreadsheet_cell, told_apart
from autograder.report import Verdict


def tables(page: ClassPage) -> dict[str, str]:
    """Return every table by the name of its file."""
    return {
        "students.csv": _csv(_students(page)),
        "exercises.csv": _csv(_exercises(page)),
        "ideas.csv": _csv(_ideas(page)),
        "checks.csv": _csv(_checks(page)),
        "scores.csv": _csv(_scores(page)),
    }


def _csv(rows: Iterator[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([_safe(value) for value in row] for row in rows)
    return text.getvalue()


def _safe(value: object) -> object:
    if isinstance(value, float):
        return round(value, 4)
    return spreadsheet_cell(one_line(value, 1000)) if isinstance(value, str) else value


def _students(page: ClassPage) -> Iterator[Sequence[object]]:
    yield ["student", "name", "status", "score", *page.columns, "late", "remark"]
    for row in page.rows:
        score = "" if row.score is None else row.score
        values = [each.points or each.word for each in row.cells]
        yield [told_apart(row.id), row.name, row.status, score, *values, row.late, row.why]


def _exercises(page: ClassPage) -> Iterator[Sequence[object]]:
    verdicts = list(words.VERDICTS)
    yield ["exercise", *(words.VERDICTS[each] for each in verdicts), "mean points", "points"]
    for exercise in page.exercises:
        counts = [exercise.ended.verdicts[each] for each in verdicts]
        yield [exercise.id, *counts, exercise.mean, exercise.max_score]


def _ideas(page: ClassPage) -> Iterator[Sequence[object]]:
    yield [
        "exercise",
        "misconception",
        "found by",
        "students",
        "points lost on average",
        "sentence",
    ]
    for idea in page.all_ideas:
        key = idea.key
        count = len(idea.students)
        yield [key.exercise, key.misconception, key.check, count, idea.lost, key.sentence]


def _checks(page: ClassPage) -> Iterator[Sequence[object]]:
    yield [
        "exercise", "check", "looks at", "points", "passed", "tried", "share passed", "discrimination index",
        "point-biserial correlation",
    ]  # fmt: skip
    for check, line in zip(page.checks, page.lines, strict=True):
        separates = ["" if each is None else each for each in (check.index, check.correlation)]
        yield [
            check.exercise, check.id, line, check.points,
            check.ended.verdicts[Verdict.PASSED], check.ended.count, check.ended.share, *separates,
        ]  # fmt: skip


def _scores(page: ClassPage) -> Iterator[Sequence[object]]:
    yield ["from", "to", "students"]
    if page.distribution:
        edges = page.distribution.edges
        yield from zip(edges, edges[1:], page.distribution.students, strict=False)
