"""The command line. Exit status: 0 when all went well, 1 when something of ours failed, 2 on wrong usage."""

from __future__ import annotations

import io
import os
import secrets
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder import doctor as doctor_module
from autograder import report
from autograder.batch import local
from autograder.batch.discover import Submission, discover
from autograder.batch.store import Store
from autograder.course import Course, find_course
from autograder.engines.choose import NAMES, choose
from autograder.engines.docker import DockerEngine
from autograder.engines.runtime import content_digest
from autograder.errors import AutograderError, UsageError
from autograder.outputs import rubric as rubric_module
from autograder.outputs.csv import write_scores
from autograder.outputs.terminal import remarks, summary
from autograder.plaintext import one_line
from autograder.release.generate import check_release, make_release
from autograder.submission.assignment import load_assignment

OURS, USAGE, INTERRUPTED = 1, 2, 130

assignment_option = click.option(
    "--assignment", default="policy_gradient", show_default=True, help="Which assignment."
)


@click.group()
@click.version_option(package_name="policy-gradient-autograder", message="%(version)s")
def commands() -> None:
    """Release one assignment, policy gradient on Atari Pong, and grade what students make of it."""


def main() -> None:
    """Run the command; turn what went wrong into one sentence and an exit status."""
    try:
        commands(standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as error:
        said = io.StringIO()  # it repeats arguments, which may be names that students chose
        error.show(said)
        click.echo(
            "".join(c for c in said.getvalue() if c.isprintable() or c == "\n"), err=True, nl=False
        )
        sys.exit(USAGE)
    except (KeyboardInterrupt, click.Abort):
        click.echo(
            "Interrupted. What was finished is kept; the same command goes on from there.", err=True
        )
        sys.exit(INTERRUPTED)
    except AutograderError as error:
        click.echo(f"autograder: {_printable(str(error))}", err=True)
        sys.exit(USAGE if isinstance(error, UsageError) else OURS)
    except OSError as error:
        what = f"{error.strerror or error}: {error.filename or ''}"
        click.echo(f"autograder: {_printable(what)}", err=True)
        sys.exit(OURS)


@commands.command()
@assignment_option
@click.option("--check", is_flag=True, help="Only say whether the committed release is current.")
def release(assignment: str, check: bool) -> None:
    """Make the student release and its zip from the master notebook."""
    course = find_course(Path.cwd(), assignment)
    if check:
        _check_release(course)
        return
    result = make_release(course.root, assignment)
    click.echo(f"{_shown(result.folder)}: {len(result.files)} files")
    click.echo(f"{_shown(result.archive)}: to upload to your LMS")


def _check_release(course: Course) -> None:
    differences = check_release(course.root, course.assignment)
    for difference in differences:
        click.echo(difference, err=True)
    if differences:
        raise AutograderError("The release is stale: run 'autograder release'.")
    click.echo(f"{_shown(course.release)} is current.")


@commands.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@assignment_option
@click.option("--engine", type=click.Choice(NAMES), default="auto", show_default=True,
              help="Where student code runs.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default=True,
              help="Sessions side by side.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("graded"),
              show_default=True, help="Where reports go.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=None,
              help="Of the checks' random inputs; a fresh one by default, kept in the report.")  # fmt: skip
@click.option("--isolation", type=click.Choice(["session", "submission"]), default="session",
              show_default=True, help="How often the sandbox is replaced.")  # fmt: skip
@click.option("--force", is_flag=True, help="Grade again what is already graded.")
def grade(
    paths: tuple[Path, ...], assignment: str, engine: str, workers: int, out: Path,
    seed: int | None, isolation: str, force: bool,
) -> None:  # fmt: skip
    """Grade notebooks: files, or folders like <student>/<assignment>/<assignment>.ipynb."""
    course = find_course(Path.cwd(), assignment)
    submissions = discover(list(paths), assignment)
    job = local.Job(
        engine=choose(course, engine),
        assignment=assignment,
        image=content_digest(course),
        max_score=load_assignment(course).max_score,
        seed=secrets.randbelow(2**31) if seed is None else seed,
        only_same_seed=seed is not None,
        force=force,
        workers=workers,
        max_uses=1 if isolation == "submission" else local.MAX_USES,
    )
    store = Store(out / assignment)
    reports = _grade_with_progress(job, submissions, store)
    write_scores(store.all(), store.folder / "scores.csv")
    _print_summary(reports, store)
    if any(content["outcome"] == report.GRADER_ERROR for content in reports):
        raise AutograderError(
            "Some submissions could not be graded, through no fault of theirs: see above, "
            "and run the same command again."
        )


def _grade_with_progress(
    job: local.Job, submissions: list[Submission], store: Store
) -> list[dict[str, Any]]:
    reports: list[dict[str, Any]] = []
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"grading with {job.engine.name}", total=len(submissions))

        def finished(content: dict[str, Any]) -> None:
            reports.append(content)
            progress.advance(task)

        def say(sentence: str) -> None:
            progress.console.print(
                _printable(sentence), highlight=False, markup=False, soft_wrap=True
            )

        local.grade(job, submissions, store, finished, say)
    return sorted(reports, key=lambda content: str(content["student"]))


def _print_summary(reports: list[dict[str, Any]], store: Store) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160)
    console.print(summary(reports))
    for remark in remarks(reports):
        console.print(remark)
    graded = sum(content["outcome"] == report.GRADED for content in reports)
    console.print(f"\n{graded} of {len(reports)} submissions graded.", highlight=False)
    click.echo(f"Reports: {_shown(store.folder)}/<student>.json")
    click.echo(f"Scores:  {_shown(store.folder)}/scores.csv")


@commands.group()
def image() -> None:
    """The image that submissions are graded in."""


@image.command()
@assignment_option
def build(assignment: str) -> None:
    """Build the image from docker/Dockerfile; quick where nothing changed."""
    engine = DockerEngine(find_course(Path.cwd(), assignment))
    click.echo(f"Built {engine.build()}")


@commands.command()
@assignment_option
@click.option("--check", is_flag=True, help="Only say whether the table in the file is current.")
@click.option("--write", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Put the table between the marks in FILE.")  # fmt: skip
def rubric(assignment: str, check: bool, file: Path | None) -> None:
    """Print the table of exercises, checks and points; FILE is README.md where --check names none."""
    course = find_course(Path.cwd(), assignment)
    table = rubric_module.table(course)
    if not check and file is None:
        click.echo(table)
        return
    path = file or course.root / "README.md"
    try:
        old = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{_shown(path)} cannot be read: {error.strerror}.") from error
    new = rubric_module.inserted(old, table)
    if check and new != old:
        raise AutograderError("The rubric is stale: run 'autograder rubric --write README.md'.")
    if not check:
        path.write_text(new, encoding="utf-8")
    click.echo(f"The rubric in {_shown(path)} is current.")


@commands.command()
@assignment_option
def doctor(assignment: str) -> None:
    """Say what works here, and for each missing thing what to do."""
    course = find_course(Path.cwd(), assignment)
    findings = list(doctor_module.examine(course))
    for finding in findings:
        click.echo(f"{'ok  ' if finding.well else 'MISS'} {finding.name}: {finding.sentence}")
    if not doctor_module.can_grade(findings):
        raise AutograderError("Grading is not possible here yet: one engine is needed, see above.")


def _printable(text: str) -> str:
    """Return what may be said on a terminal: the names in it may be a student's."""
    return "\n".join(one_line(line, 2000) for line in text.splitlines())


def _shown(path: Path) -> str:
    """Return the path as short as it can be said from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
