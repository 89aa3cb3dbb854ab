"""autograder certify."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from autograder import files
from autograder.batch.job import Job, make_job
from autograder.batch.store import Store
from autograder.cases.loading import ATTACKS
from autograder.certificate import equivalent, page, record
from autograder.certificate.make import Conditions, make
from autograder.certificate.mutants import make_mutants
from autograder.certificate.record import Certificate
from autograder.certificate.trials import Trial, job_with_seed, of_cases, of_mutants
from autograder.cli.output import printable, shown
from autograder.cli.progress import grade_with_progress
from autograder.course.content import CERTIFICATE
from autograder.course.folder import Course, find_courses
from autograder.engines.process import ProcessEngine
from autograder.engines.registry import AUTO, ENGINES, choose
from autograder.errors import AutograderError, UsageError
from autograder.outputs.rubric import inserted
from autograder.report import Report

_NO_WALL = "The process engine has no wall around what it runs: name --engine docker or bubblewrap."


@click.command()
@click.argument("assignment", required=False)
@click.option("--engine", type=click.Choice((AUTO, *ENGINES)), default=AUTO, show_default=True,
              help="Where student code runs; attacks never run in process.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default=True,
              help="Sessions side by side.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path),
              default=Path("build") / "certificate", show_default=True,
              help="The folder of certificates, one in it for each assignment.")  # fmt: skip
@click.option("--seeds", type=click.IntRange(1, 1000), default=1, show_default=True,
              help="How many times everything is graded, each time with other inputs.")  # fmt: skip
@click.option("--write", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Keep the numbers beside the checks, and put them into FILE.")  # fmt: skip
def certify(
    assignment: str | None, engine: str, workers: int, out: Path, seeds: int, file: Path | None
) -> None:
    """Measure how well hidden checks tell right from wrong.

    Everything in checks/ASSIGNMENT/cases is graded, and every mutant of the master's solutions: right ones
    must keep all points, wrong ones must lose in the exercises that are wrong, attacks must not gain. All
    assignments of the course are tried where none is named.
    """
    failed = []
    for course in find_courses(Path.cwd(), assignment):
        choice = choose(course, engine)
        job = make_job(course, choice, workers=workers)
        said = choice.reason or f"{job.engine.name}."
        click.echo(printable(f"{course.assignment}, tried with {said}"))
        certificate = _certify(course, job, out / course.assignment, seeds)
        _say(certificate, out / course.assignment)
        if file is not None:
            _keep(course, certificate, file)
        if not page.is_clean(certificate):
            failed.append(course.assignment)
    if failed:
        raise AutograderError(
            f"The checks of {', '.join(failed)} do not tell right from wrong everywhere: see above."
        )


def _certify(course: Course, job: Job, folder: Path, seeds: int) -> Certificate:
    """Grade everything that has no report yet, and write the certificate."""
    mutants = make_mutants(course)
    listed = equivalent.load(course, mutants.made)
    trials = [*of_cases(course), *of_mutants(course, mutants)]
    left_out = {}
    if job.engine.name == ProcessEngine.name and any(each.kind == ATTACKS for each in trials):
        left_out[ATTACKS] = _NO_WALL
        trials = [each for each in trials if each.kind != ATTACKS]
    reports = _graded(job, trials, folder, seeds)
    conditions = Conditions(job, tuple(range(seeds)), left_out)
    certificate = make(course, conditions, trials, reports, mutants, listed)
    files.write(folder / CERTIFICATE, record.write(certificate))
    files.write(folder / "certificate.md", page.page(certificate))
    return certificate


def _graded(job: Job, trials: Sequence[Trial], folder: Path, seeds: int) -> dict[str, list[Report]]:
    """Return the reports on every trial, one for each seed."""
    submissions = [trial.handed_in() for trial in trials]
    found: dict[str, list[Report]] = {trial.student: [] for trial in trials}
    for seed in range(seeds):
        store = Store(folder / "reports" / f"seed-{seed}")
        what = "certifying" if seeds == 1 else f"seed {seed + 1} of {seeds}, certifying"
        for report in grade_with_progress(job_with_seed(job, seed), submissions, store, what):
            found[report.student].append(report)
    return found


def _say(certificate: Certificate, folder: Path) -> None:
    for kind, reason in certificate.left_out.items():
        click.echo(f"{certificate.cases[kind]} {kind} were left out. {reason}")
    for finding in certificate.findings:
        click.echo(printable(f"{finding.kind}/{finding.name} {finding.sentence}"))
    if certificate.unsteady:
        click.echo(f"{certificate.unsteady} do not score the same with every seed: see the page.")
    click.echo(f"{certificate.assignment}: {page.verdict(certificate)}")
    click.echo(f"Page:    {shown(folder)}/certificate.md")
    click.echo(f"Numbers: {shown(folder)}/{CERTIFICATE}")


def _keep(course: Course, certificate: Certificate, file: Path) -> None:
    """Write the summary beside the checks, and its table into the file."""
    if certificate.left_out:
        raise UsageError(
            f"Nothing is kept of a certificate without {', '.join(certificate.left_out)}: name --engine "
            "docker or bubblewrap."
        )
    summary = certificate.summary()
    try:
        old = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{shown(file)} cannot be read: {said}.") from error
    new = inserted(old, page.table(summary), page.mark(course.assignment))
    files.write(course.checks / CERTIFICATE, record.write(summary))
    files.write(file, new)
    click.echo(f"Kept in {shown(course.checks / CERTIFICATE)} and {shown(file)}.")
