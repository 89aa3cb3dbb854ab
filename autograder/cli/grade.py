"""autograder grade."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from click.core import ParameterSource

from autograder.batch.discover import Submission
from autograder.batch.job import MAX_USES, make_job
from autograder.batch.several import settle
from autograder.batch.shards import Shard, share
from autograder.batch.store import Store
from autograder.cli import accounting
from autograder.cli.classwide import Class, end_share
from autograder.cli.options import (
    certificates_folder,
    decisions_file,
    one_assignment,
    reports_folder,
    roster_file,
    shard_of_class,
    submitted_folder,
)
from autograder.cli.output import printable
from autograder.cli.progress import grade_with_progress, without_checks
from autograder.cli.standings import roster_from
from autograder.collect.collect import collect
from autograder.course.folder import Course, find_course
from autograder.course.settings import load_settings
from autograder.engines.registry import ENGINES, Choice, choose
from autograder.errors import AutograderError, UsageError
from autograder.grades import collected as table
from autograder.grades.decisions import decisions_of
from autograder.grades.standing import Standing
from autograder.regrade import judges
from autograder.remote.cluster import Cluster, connected
from autograder.report import Outcome, Report
from autograder.submission.assignment import load_assignment

_NO_GRADEBOOK = (
    "--gradebook and --shard do not go together: when all shards have ended, 'autograder export nbgrader' "
    "enters everybody."
)


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
@shard_of_class
@click.option("--scheduler", metavar="tls://HOST:PORT", default=None,
              help="Grade on the workers of a Dask cluster.")  # fmt: skip
@certificates_folder
@click.option("--force", is_flag=True, help="Grade again what is already graded.")
@roster_file
@decisions_file
@submitted_folder
@click.option("--gradebook", metavar="URL", default=None,
              help="An nbgrader gradebook to enter the scores into.")  # fmt: skip
@click.pass_context
def grade(
    context: click.Context, paths: tuple[Path, ...], assignment: str | None, engine: str, workers: int,
    out: Path, seed: int | None, isolation: str, shard: Shard | None, scheduler: str | None,
    certificates: Path, force: bool, roster: Path | None, decisions: Path | None, submitted: Path,
    gradebook: str | None,
) -> None:  # fmt: skip
    """Grade notebooks.

    PATHS are files, folders like <student>/<assignment>/<assignment>.ipynb, and all that 'autograder
    collect' takes. The exit status is 3 where an entry could not be placed.
    """
    course = find_course(Path.cwd(), assignment)
    settings, loaded = load_settings(course), load_assignment(course)
    known, decided = roster_from(roster), decisions_of(course, loaded.ids, decisions)
    folders = accounting.folders(submitted, course)
    if shard is not None and gradebook is not None:
        raise UsageError(_NO_GRADEBOOK)
    collected = collect(paths, course, settings, folders, known, lays_out=shard is None)
    mine = None if shard is None else share(collected.submissions, shard)
    submissions = settle(mine.mine if mine else collected.submissions, loaded)
    uses = 1 if isolation == "submission" else MAX_USES
    if scheduler is None:
        choice = choose(course, engine)
    else:
        cluster = _cluster(context, scheduler, certificates, course)
        choice, workers = Choice(cluster, ""), cluster.lanes
    job = make_job(course, choice, seed, force, workers, uses)
    store = Store(out / course.assignment, shared=shard is not None)
    if gradebook is not None:
        _try_gradebook(course, gradebook)
    judges.keep(store.folder, course, job.judged_by)
    click.echo(
        printable(f"{settings.title}, graded with {job.engine_reason or f'{job.engine.name}.'}")
    )
    accounting.say_layouts(collected)
    keep = without_checks if gradebook is None else None  # which takes the sentences of checks, too
    reports = grade_with_progress(job, submissions, store, keep=keep)
    table.write(store.folder / table.NAME, collected.entries)
    everybody = Class(course, collected, known, decided, store)
    if shard is None or mine is None:
        made = everybody.end(reports)
        accounting.say_entries(collected, _counts(reports))
        accounting.say_collected_before(paths, folders)
        if gradebook is not None:
            _enter(course, made, collected.submissions, gradebook)
    else:
        end_share(everybody, reports, shard, mine, job, _counts(reports))
    unplaced = (shard is None or shard.index == 0) and accounting.ends_unplaced(collected)
    if any(report.outcome is Outcome.GRADER_ERROR for report in reports):
        raise AutograderError(
            "Some submissions could not be graded, through no fault of theirs: see above, "
            "and run the same command again."
        )
    if unplaced:
        context.exit(accounting.UNPLACED_STATUS)


def _cluster(context: click.Context, address: str, certificates: Path, course: Course) -> Cluster:
    """Return the cluster until the command ends. Raises UsageError for what only its workers can be told."""
    for option in ("engine", "workers", "isolation"):
        if context.get_parameter_source(option) is ParameterSource.COMMANDLINE:
            raise UsageError(
                f"--{option} and --scheduler do not go together: 'autograder dask worker' says for each "
                "worker where student code runs and how many sessions it has."
            )
    return context.with_resource(connected(address, certificates, course, ENGINES))


def _try_gradebook(course: Course, url: str) -> None:
    """Raise GradebookError before anything is graded where it cannot be used."""
    from autograder.nbgrader import enter  # which takes seconds to import

    enter.prepare(course, url)


def _enter(
    course: Course, made: Sequence[Standing], found: Sequence[Submission], gradebook: str
) -> None:
    from autograder.cli.gradebook import enter_and_say

    notebooks = {each.student: each.several or (each.path,) for each in found}
    ours = [each for each in made if each.report is not None]
    enter_and_say(course, ours, gradebook, lambda student: notebooks.get(student, ()))


def _counts(reports: Sequence[Report]) -> str:
    """Say what became of what was taken."""
    counts = Counter(report.outcome for report in reports)
    said = f"{counts[Outcome.GRADED]} graded, {counts[Outcome.REJECTED]} rejected"
    faults = counts[Outcome.GRADER_ERROR]
    return f"{said}, {faults} not graded for a fault of ours" if faults else said
