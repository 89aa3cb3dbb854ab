"""autograder explain."""

from __future__ import annotations

from pathlib import Path

import click

from autograder import files
from autograder.batch.store import Store
from autograder.cli.options import one_assignment, reports_folder
from autograder.cli.output import printable, shown
from autograder.course.folder import Course, find_course
from autograder.engines.base import Engine
from autograder.engines.registry import AUTO, ENGINES, choose
from autograder.errors import EngineError, UsageError
from autograder.explain import console, find, notebook, terminal
from autograder.explain.explained import explain as explained_again
from autograder.report import Report
from autograder.submission.assignment import load_assignment
from autograder.submission.bounded import read_plan


@click.command()
@click.argument("student")
@click.argument("what", metavar="[EXERCISE[.CHECK]]", default="")
@one_assignment
@click.option("--submitted", "paths", metavar="PATH", multiple=True, type=click.Path(path_type=Path),
              help="Where the notebook lies; submitted/ of the course, if not said.")  # fmt: skip
@click.option("--engine", type=click.Choice((AUTO, *ENGINES)), default=AUTO, show_default=True,
              help="Where student code runs; auto: where it ran before.")  # fmt: skip
@reports_folder
@click.option("--notebook", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the calls as a notebook for plain Jupyter, without the checks.")  # fmt: skip
@click.option("--shell", "opens_shell", is_flag=True,
              help="Open Python with the student's functions, across the boundary.")  # fmt: skip
def explain(
    student: str, what: str, assignment: str | None, paths: tuple[Path, ...], engine: str, out: Path,
    file: Path | None, opens_shell: bool,
) -> None:  # fmt: skip
    """Grade one submission again, with its own seed, and show each call of the checks.

    Inputs, what was expected, what came, what the code printed, and the lines that an exception passed
    through: of the checks that did not pass, or of the one that you name. No report changes.
    """
    if file is not None and opens_shell:
        raise UsageError(
            "--notebook and --shell are two things: ask for one, and then for the other."
        )
    course = find_course(Path.cwd(), assignment)
    about = load_assignment(course)
    wanted = find.wanted(course, about, what)
    folder = out / course.assignment
    if not folder.is_dir():
        raise UsageError(
            f"{shown(folder)} is no folder of reports: run 'autograder grade', or name another with --out."
        )
    report = find.report_of(Store(folder), student)
    data = find.notebook_of(report, about, paths, course.root / "submitted")
    where = _engine(course, engine, report)
    if report.judged_by != where.digest():
        click.echo(
            "The checks, or what they run on, have changed since this report was made: this is what today's "
            "say. 'autograder regrade' shows what that does to scores.",
            err=True,
        )
    if opens_shell:
        _open(where, report, data)
        return
    explained = explained_again(course, where, report, data, wanted)
    for line in terminal.lines(explained, bool(wanted.check)):
        click.echo(line)
    if file is not None:
        text = notebook.made(
            about.settings.title, read_plan(about, data), explained.told(bool(wanted.check))
        )
        files.write(file, text)
        click.echo(printable(f"Written: {shown(file)}"))


def _open(engine: Engine, report: Report, notebook: bytes) -> None:
    session = engine.start()
    try:
        console.interact(session, report, notebook, click.echo)
    finally:
        session.kill()


def _engine(course: Course, asked_for: str, report: Report) -> Engine:
    """Return the engine asked for, else the one that made the report. Raises EngineError."""
    name = report.engine if asked_for == AUTO and report.engine in ENGINES else asked_for
    engine = choose(course, name).engine
    if problem := engine.problem():
        raise EngineError(problem)
    return engine
