"""autograder grade."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from rich.console import Console

from autograder import files
from autograder.batch.discover import Submission, discover
from autograder.batch.job import MAX_USES, make_job
from autograder.batch.several import settle
from autograder.batch.store import Found, Store
from autograder.cli.options import one_assignment, reports_folder
from autograder.cli.output import names, printable, shown
from autograder.cli.progress import grade_with_progress
from autograder.cli.standings import gather
from autograder.course.folder import Course, find_course
from autograder.course.settings import load_settings
from autograder.engines.registry import ENGINES, choose
from autograder.errors import AutograderError
from autograder.outputs import csv, terminal
from autograder.plaintext import told_apart
from autograder.report import Outcome, Report
from autograder.submission.assignment import load_assignment


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@one_assignment
@click.option("--engine", type=click.Choice(("auto", *ENGINES)), default="auto", show_default=True,
              help="Where student code runs.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default=True,
              help="Sessions side by side.")  # fmt: skip
@reports_folder
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=None,
              help="Of the checks' random inputs; each submission has its own, if not said.")  # fmt: skip
@click.option("--isolation", type=click.Choice(["session", "submission"]), default="session",
              show_default=True, help="How often the session is replaced.")  # fmt: skip
@click.option("--force", is_flag=True, help="Grade again what is already graded.")
@click.option("--gradebook", metavar="URL", default=None,
              help="An nbgrader gradebook to enter the scores into.")  # fmt: skip
def grade(
    paths: tuple[Path, ...], assignment: str | None, engine: str, workers: int, out: Path,
    seed: int | None, isolation: str, force: bool, gradebook: str | None,
) -> None:  # fmt: skip
    """Grade notebooks.

    PATHS are files, or folders like <student>/<assignment>/<assignment>.ipynb.
    """
    course = find_course(Path.cwd(), assignment)
    found = discover(list(paths), course.assignment)
    submissions = settle(found, load_assignment(course))
    title = load_settings(course).title
    uses = 1 if isolation == "submission" else MAX_USES
    job = make_job(course, choose(course, engine), seed, force, workers, uses)
    store = Store(out / course.assignment)
    if gradebook is not None:
        _try_gradebook(course, gradebook)
    click.echo(printable(f"{title}, graded with {job.engine_reason or f'{job.engine.name}.'}"))
    reports = grade_with_progress(job, submissions, store)
    files.write(store.folder / "scores.csv", csv.make(reports))
    _print_summary(reports, store)
    if gradebook is not None:
        _enter(course, reports, found, gradebook)
    if any(report.outcome is Outcome.GRADER_ERROR for report in reports):
        raise AutograderError(
            "Some submissions could not be graded, through no fault of theirs: see above, "
            "and run the same command again."
        )


def _try_gradebook(course: Course, url: str) -> None:
    """Raise GradebookError before anything is graded where it cannot be used."""
    from autograder.nbgrader import enter  # which takes seconds to import

    enter.prepare(course, url)


def _enter(course: Course, reports: list[Report], found: list[Submission], url: str) -> None:
    from autograder.cli.gradebook import enter_and_say

    notebooks = {each.student: each.several or (each.path,) for each in found}
    standings = gather(course, reports, None, None, None)
    ours = [each for each in standings if each.report is not None]
    enter_and_say(course, ours, url, lambda student: notebooks.get(student, ()))


def _print_summary(reports: list[Report], store: Store) -> None:
    console = Console(width=None if sys.stdout.isatty() else terminal.WIDTH)
    console.print(terminal.summary(reports))
    for remark in terminal.remarks(reports):
        console.print(remark, soft_wrap=True)
    graded = sum(report.outcome is Outcome.GRADED for report in reports)
    console.print(f"\n{graded} of {len(reports)} submissions graded.", highlight=False)
    _print_others({report.student for report in reports}, store.all())
    click.echo(f"Reports: {shown(store.folder)}/<student>.json")
    click.echo(f"Scores:  {shown(store.folder)}/scores.csv")


def _print_others(students: set[str], found: Found) -> None:
    """Name what else lies in the folder: students who withdrew, say, and files that are no reports."""
    others = [told_apart(r.student, 60) for r in found.reports if r.student not in students]
    if others:
        click.echo(f"Not in scores.csv, for they are not in this run: {names(others)}.")
    if found.unreadable:
        click.echo(f"No reports of this version, and left as they are: {names(found.unreadable)}.")
