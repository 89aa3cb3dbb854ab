"""autograder export."""

from __future__ import annotations

from pathlib import Path

import click

from autograder import files
from autograder.batch.store import Store
from autograder.cli.options import one_assignment, reports_folder
from autograder.cli.output import names, printable, shown
from autograder.cli.standings import gather, standings_options
from autograder.course.folder import find_course
from autograder.errors import UsageError
from autograder.outputs.registry import OUTPUTS

NBGRADER = "nbgrader"
_NBGRADER = "Scores and comments, entered into nbgrader's gradebook, and notebooks for formgrader."


@click.command()
@click.argument("name", required=False)
@one_assignment
@reports_folder
@standings_options
@click.option("--gradebook", metavar="URL",
              help="For nbgrader: the gradebook, if not the course's own.")  # fmt: skip
@click.option("--to", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Where it goes; standard output, if not said.")  # fmt: skip
def export(
    name: str | None, assignment: str | None, out: Path, roster: Path | None, decisions: Path | None,
    collected: Path | None, gradebook: str | None, file: Path | None,
) -> None:  # fmt: skip
    """Make a table, say, from the reports.

    NAME is what to make; without it, all that can be made is listed.
    """
    lines = {known: output.line for known, output in OUTPUTS.items()} | {NBGRADER: _NBGRADER}
    if name is None:
        for known, line in lines.items():
            click.echo(f"{known:<12}{line}")
        return
    if name not in lines:
        raise UsageError(f"There is no output '{name}': choose one of {', '.join(lines)}.")
    course = find_course(Path.cwd(), assignment)
    folder = out / course.assignment
    if not folder.is_dir():
        raise UsageError(
            f"{shown(folder)} is no folder of reports: run 'autograder grade', or name another with --out."
        )
    found = Store(folder).all()
    if found.unreadable:
        click.echo(
            f"Left out, for these files are no reports of this version: {names(found.unreadable)}.",
            err=True,
        )
    if name == NBGRADER:
        from autograder.cli.gradebook import enter_and_say  # nbgrader takes seconds to import

        standings = gather(course, found.reports, roster, decisions, collected)
        enter_and_say(course, standings, gradebook)
        return
    text = OUTPUTS[name].make(found.reports)
    if file is None:
        click.echo(text, nl=False)
    else:
        files.write(file, text)
        click.echo(printable(f"{shown(file)}: {len(found.reports)} reports"))
