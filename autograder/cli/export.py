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
from autograder.grades import collected as collected_table
from autograder.outputs.registry import OUTPUTS


@click.command()
@click.argument("name", required=False)
@one_assignment
@reports_folder
@standings_options
@click.option("--to", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Where it goes; standard output, if not said.")  # fmt: skip
def export(
    name: str | None, assignment: str | None, out: Path, roster: Path | None, decisions: Path | None,
    collected: Path | None, file: Path | None,
) -> None:  # fmt: skip
    """Make a table, say, from the reports.

    NAME is what to make; without it, all that can be made is listed.
    """
    if name is None:
        for known, output in OUTPUTS.items():
            click.echo(f"{known:<14}{output.line}")
        return
    if name not in OUTPUTS:
        raise UsageError(f"There is no output '{name}': choose one of {', '.join(OUTPUTS)}.")
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
    of_standings = OUTPUTS[name].of_standings
    if of_standings is None:
        text = OUTPUTS[name].make(found.reports)
    else:
        last = folder / collected_table.NAME  # what the last run of grade found
        entries = collected or (last if last.is_file() else None)
        text = of_standings(gather(course, found.reports, roster, decisions, entries))
    if file is None:
        click.echo(text, nl=False)
    else:
        files.write(file, text)
        click.echo(printable(f"{shown(file)}: {len(found.reports)} reports"))
