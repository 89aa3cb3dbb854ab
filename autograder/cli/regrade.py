"""autograder regrade."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from autograder import files
from autograder.batch.discover import discover
from autograder.batch.job import Job, make_job
from autograder.batch.several import settle
from autograder.batch.store import Store
from autograder.cli.options import one_assignment, reports_folder
from autograder.cli.output import names, printable, shown
from autograder.cli.progress import grade_with_progress
from autograder.cli.standings import collected_beside, gather, standings_options
from autograder.course.folder import Course, find_course
from autograder.engines.registry import AUTO, ENGINES, Choice, choose
from autograder.errors import AutograderError, EngineError, UsageError
from autograder.outputs import csv
from autograder.plaintext import one_line, told_apart
from autograder.regrade import changes, run
from autograder.regrade.changes import Change
from autograder.regrade.run import Regraded, is_fault
from autograder.report import Report
from autograder.submission.assignment import load_assignment

_LISTED = 40


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@one_assignment
@click.option("--engine", type=click.Choice((AUTO, *ENGINES)), default=AUTO, show_default=True,
              help="Where student code runs; auto: where it ran before.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default=True,
              help="Sessions side by side.")  # fmt: skip
@reports_folder
@standings_options
@click.option("--apply", "takes_over", is_flag=True,
              help="Put the new reports in place of the old ones, which are kept.")  # fmt: skip
@click.option("--nobody-loses", is_flag=True, help="Leave out whoever would lose points.")
def regrade(
    paths: tuple[Path, ...], assignment: str | None, engine: str, workers: int, out: Path,
    roster: Path | None, decisions: Path | None, collected: Path | None, takes_over: bool, nobody_loses: bool,
) -> None:  # fmt: skip
    """Show what a change of checks, weights or master does to scores.

    PATHS are the submissions as 'autograder collect' lays them out; submitted/ of the course, if not said.
    Nothing is overwritten without --apply. Where only weights, points or visibility changed, no student
    code runs.
    """
    course = find_course(Path.cwd(), assignment)
    folder = out / course.assignment
    if not folder.is_dir():
        raise UsageError(
            f"{shown(folder)} is no folder of reports: run 'autograder grade', or name another with --out."
        )
    store = Store(folder)
    known = store.all().reports
    job = make_job(course, _choice(course, engine, known), workers=workers)

    def again(students: Sequence[str], new: Store) -> Sequence[Report]:
        return _graded(course, job, paths or (course.root / "submitted",), students, new)

    found = run.regrade(course, job, store, known, ENGINES.get(job.engine.name), again)
    left = [c for c in found.changes if is_fault(c) or (nobody_loses and c.is_loss)]
    taken = [change for change in found.changes if change not in left]
    _say(found, left)
    if found.changes:
        click.echo(f"All changes: {shown(run.write_table(store, found.changes))}")
    if nobody_loses and (losing := [each for each in left if not is_fault(each)]):
        table = store.folder / "nobody-loses.csv"
        files.write(table, changes.decisions(losing))
        click.echo(
            f"To keep points whatever grades later, add these lines to decisions.csv: {shown(table)}"
        )
    if takes_over and taken:
        earlier = run.apply(store, job, course, taken)
        reports = {each.student: each for each in known} | {c.student: c.new for c in taken}
        entries = collected or collected_beside(folder)
        made = gather(course, list(reports.values()), roster, decisions, entries)
        files.write(folder / "scores.csv", csv.of_standings(made))
        click.echo(f"Taken over: {len(taken)} reports. The old ones: {shown(earlier)}")
    elif taken:
        click.echo("Nothing was overwritten: --apply takes the new reports over and keeps the old.")
    if faults := [told_apart(each.student, 60) for each in left if is_fault(each)]:
        raise AutograderError(
            f"Not graded again, through no fault of theirs, so their reports stay: {names(faults)}."
        )


def _choice(course: Course, asked_for: str, known: Sequence[Report]) -> Choice:
    """Return the engine asked for, else the one that made the reports: another one is another judge.

    Whether it works here matters only where code has to run.
    """
    used = {report.engine for report in known}
    if asked_for == AUTO and len(used) == 1:
        (asked_for,) = used
    return Choice(ENGINES[asked_for](course), "") if asked_for in ENGINES else choose(course)


def _graded(
    course: Course, job: Job, paths: Sequence[Path], students: Sequence[str], store: Store
) -> Sequence[Report]:
    submissions = settle(discover(list(paths), course.assignment), load_assignment(course))
    if problem := job.engine.problem():
        raise EngineError(problem)
    wanted = [each for each in submissions if each.student in set(students)]
    return grade_with_progress(job, wanted, store, "grading again") if wanted else []


def _say(found: Regraded, left: Sequence[Change]) -> None:
    changed = [each for each in found.changes if each.why]
    losing = sum(each.is_loss for each in changed)
    gaining = sum(each.difference > 0 for each in changed)
    rescored = len(found.changes) - found.run_again
    if not found.changes and not found.not_found:
        click.echo(
            "Nothing has changed: today's judge made every report. Due dates, late rules and decisions are "
            "no part of a report: whatever is made from reports applies them anew."
        )
        return
    for each in changed[:_LISTED]:
        scores = (
            "none" if score is None else f"{score:g}" for score in (each.old.score, each.new.score)
        )
        stays = " (the old report stays)" if each in left else ""
        why = one_line("; ".join(each.why), 300)
        click.echo(
            printable(f"{told_apart(each.student, 40)}: {' -> '.join(scores)}{stays}. {why}")
        )
    if len(changed) > _LISTED:
        click.echo(f"and {len(changed) - _LISTED} more")
    click.echo(
        f"{losing} lose, {gaining} gain, {len(found.changes) - losing - gaining} keep their score; "
        f"{rescored} without running code, {found.run_again} graded again."
    )
    if found.not_found:
        click.echo(
            f"Left as they are, for their notebooks were not found: {names(found.not_found)}."
        )
