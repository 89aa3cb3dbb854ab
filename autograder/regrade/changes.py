"""What a second judgement changes, student by student, and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.grades.decisions import COLUMNS
from autograder.plaintext import one_line, spreadsheet_cell, told_apart
from autograder.report import CheckResult, ExerciseResult, Outcome, Report


@dataclass(frozen=True)
class Change:
    """Two reports on one submission, the old and the new one, and in phrases why scores differ."""

    old: Report
    new: Report
    why: tuple[str, ...]

    @property
    def student(self) -> str:
        """Whose they are."""
        return self.new.student

    @property
    def difference(self) -> float:
        """The points that are gained; below 0 where some are lost."""
        return round((self.new.score or 0.0) - (self.old.score or 0.0), 2)

    @property
    def is_loss(self) -> bool:
        """Whether it would take points, or the score itself, through a fault of ours."""
        return self.old.score is not None and (self.new.score is None or self.difference < 0)


def change(old: Report, new: Report) -> Change:
    """Compare two reports."""
    return Change(old, new, tuple(_why(old, new)))


def table(changes: Sequence[Change]) -> str:
    """Return all changes as CSV, safe to open in a spreadsheet."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["student", "old score", "new score", "difference", "why"])
    for each in changes:
        scores = ("" if score is None else score for score in (each.old.score, each.new.score))
        why = spreadsheet_cell(one_line("; ".join(each.why), 2000))
        rows.writerow([spreadsheet_cell(told_apart(each.student)), *scores, each.difference, why])
    return text.getvalue()


def decisions(kept: Sequence[Change]) -> str:
    """Return rows for decisions.csv with which these students keep their points, whatever grades later."""
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS, restval="")
    rows.writeheader()
    for each in kept:
        now = {part.id: part.score for part in each.new.exercises}
        for part in each.old.exercises:
            if part.score > now.get(part.id, 0.0):
                rows.writerow({
                    "assignment": each.old.assignment,
                    "student": spreadsheet_cell(told_apart(each.student)),
                    "exercise": part.id,
                    "points": part.score,
                    "reason": "What it was before the checks changed; nobody loses by that.",
                })  # fmt: skip
    return text.getvalue()


def _why(old: Report, new: Report) -> Iterator[str]:
    if old.submission_sha256 != new.submission_sha256:
        yield "another notebook was handed in since"
    if old.outcome is not new.outcome:
        about = f": {new.message}" if new.outcome is not Outcome.GRADED else ""
        yield f"{old.outcome} before, {new.outcome} now{about}"
    before = {part.id: part for part in old.exercises}
    for part in new.exercises:
        if part.id not in before:
            yield f"{part.id}: new, {part.score:g} of {part.max_score:g}"
        else:
            yield from _exercise(before.pop(part.id), part)
    if new.exercises:
        yield from (f"{name}: no exercise any more" for name in before)
    worth = {part.id: part.max_score for part in old.manual}
    for answer in new.manual:
        if worth.get(answer.id, answer.max_score) != answer.max_score:
            yield f"{answer.id}: worth {worth[answer.id]:g} before, {answer.max_score:g} now"


def _exercise(old: ExerciseResult, new: ExerciseResult) -> Iterator[str]:
    if (old.score, old.max_score) == (new.score, new.max_score):
        return
    causes = list(_checks({c.id: c for c in old.checks}, {c.id: c for c in new.checks}))
    said = f"{new.id}: {old.score:g} of {old.max_score:g} before, {new.score:g} of {new.max_score:g} now"
    yield f"{said} ({', '.join(causes)})" if causes else said


def _checks(old: Mapping[str, CheckResult], new: Mapping[str, CheckResult]) -> Iterator[str]:
    for name, check in new.items():
        before = old.get(name)
        if before is None:
            yield f"{name} is new and {check.outcome}"
        elif before.outcome is not check.outcome:
            yield f"{name} {before.outcome} before, {check.outcome} now"
        elif before.weight != check.weight:
            yield f"{name} weighs {check.weight:g} instead of {before.weight:g}"
    yield from (f"{name} is gone" for name in old if name not in new)
