"""A bar that shows how many submissions are graded, on a terminal; a log gets none."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.batch.job import Job
from autograder.batch.reading import Entry
from autograder.batch.schedulers import DEFAULT, SCHEDULERS
from autograder.batch.store import Store
from autograder.cli.output import printable
from autograder.report import ExerciseResult, Report, Verdict


def without_checks(report: Report) -> Report:
    """Return a report as the tables of a class need it: checks are most of it, and no table has them.

    Who has the same points with the same word on them shares the record of an exercise.
    """
    exercises = [
        _exercise(
            part.id, part.score, part.max_score, part.outcome, part.message, part.misconception
        )
        for part in report.exercises
    ]
    return report.model_copy(update={"exercises": exercises})


@functools.lru_cache(maxsize=4096)
def _exercise(
    name: str, score: float, max_score: float, outcome: Verdict, message: str, idea: str | None
) -> ExerciseResult:
    return ExerciseResult(
        id=name, score=score, max_score=max_score, outcome=outcome, message=message,
        misconception=idea, checks=[],
    )  # fmt: skip


def grade_with_progress(
    job: Job,
    submissions: Sequence[Entry],
    store: Store,
    what: str = "grading",
    keep: Callable[[Report], Report] | None = None,
) -> list[Report]:
    """Grade submissions, or find their reports in the store; return them, or what is kept, by student."""
    reports: list[Report] = []
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    silent = not console.is_terminal  # in a log, a bar is a line that says nothing
    with Progress(*columns, console=console, transient=True, disable=silent) as progress:
        task = progress.add_task(f"{what} with {job.engine.name}", total=len(submissions))

        def finished(report: Report) -> None:
            reports.append(keep(report) if keep else report)
            progress.advance(task)

        def say(sentence: str) -> None:
            console.print(printable(sentence), highlight=False, markup=False, soft_wrap=True)

        SCHEDULERS[DEFAULT](job, submissions, store, finished, say)
    return sorted(reports, key=lambda report: report.student)
