"""autograder export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from autograder import files
from autograder.batch.store import Store
from autograder.cli.found import remarks
from autograder.cli.options import one_assignment, reports_folder
from autograder.cli.output import printable, shown
from autograder.cli.standings import collected_beside, gather, standings_options
from autograder.course.folder import Course, find_course
from autograder.errors import UsageError
from autograder.grades import tables
from autograder.grades.standing import Standing
from autograder.outputs.filled import Filled, Wanted
from autograder.outputs.registry import FILLED, OUTPUTS, STANDINGS
from autograder.outputs.sentences import WHEN
from autograder.plaintext import one_line
from autograder.submission.assignment import load_assignment

NBGRADER = "nbgrader"
_LINES = {
    **{name: output.line for name, output in OUTPUTS.items()},
    **{name: output.line for name, output in STANDINGS.items()},
    **{name: output.line for name, output in FILLED.items()},
    NBGRADER: "Scores and comments, entered into nbgrader's gradebook, and notebooks for formgrader.",
}
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("name", required=False)
@one_assignment
@reports_folder
@standings_options
@click.option("--gradebook", metavar="URL",
              help="For nbgrader: the gradebook, if not the course's own.")  # fmt: skip
@click.option("--into", "table", metavar="FILE", type=_FILE,
              help="For canvas and moodle: the table that you downloaded.")  # fmt: skip
@click.option("--column", help="For canvas and moodle: the column of scores.")
@click.option("--comments", help="For moodle: the column of comments.")
@click.option(
    "--changed", is_flag=True, help="For canvas and moodle: only rows that say something new."
)
@click.option("--when", type=click.Choice([*WHEN]), default="submitted", show_default=True,
              help="For moodle and nbgrader: when students read it, with which checks.")  # fmt: skip
@click.option("--to", "file", metavar="FILE", type=_FILE,
              help="Where it goes; standard output, if not said.")  # fmt: skip
def export(
    name: str | None, assignment: str | None, out: Path, roster: Path | None, decisions: Path | None,
    collected: Path | None, gradebook: str | None, table: Path | None, column: str | None,
    comments: str | None, changed: bool, when: str, file: Path | None,
) -> None:  # fmt: skip
    """Make a table, say, from the reports.

    NAME is what to make; without it, all that can be made is listed.
    """
    if name is None:
        for known, line in _LINES.items():
            click.echo(f"{known:<14}{line}")
        return
    if name not in _LINES:
        raise UsageError(f"There is no output '{name}': choose one of {', '.join(_LINES)}.")
    if (name in FILLED) != (table is not None):
        raise UsageError(
            f"{name} fills in a table that you downloaded: name it with --into."
            if name in FILLED
            else f"--into is for {' and '.join(FILLED)}: {name} is made from the reports alone."
        )
    course = find_course(Path.cwd(), assignment)
    folder = out / course.assignment
    if not folder.is_dir():
        raise UsageError(
            f"{shown(folder)} is no folder of reports: run 'autograder grade', or name another with --out."
        )
    found = Store(folder).all()
    for remark in remarks(found):
        _say(remark)
    entries = collected or collected_beside(folder)
    standings = gather(course, found.reports, roster, decisions, entries)
    if name in OUTPUTS:
        of_standings = OUTPUTS[name].of_standings
        made = of_standings(standings) if of_standings else OUTPUTS[name].make(found.reports)
        _write(made, file, f"{len(found.reports)} reports")
    elif name in STANDINGS:
        _write(STANDINGS[name].make(standings), file, f"{len(standings)} students")
    elif table is not None:
        wanted = _wanted(course, column, comments, changed, when)
        _fill(name, standings, table, wanted, file)
    else:
        from autograder.cli.gradebook import enter_and_say  # nbgrader takes seconds to import

        enter_and_say(course, standings, gradebook, visible=WHEN[when])


def _wanted(
    course: Course, column: str | None, comments: str | None, changed: bool, when: str
) -> Wanted:
    assignment = load_assignment(course)
    titles = (assignment.settings.title, course.assignment)
    return Wanted(titles, assignment.max_score, column, comments, changed, WHEN[when])


def _fill(
    name: str, standings: Sequence[Standing], table: Path, wanted: Wanted, file: Path | None
) -> None:
    if file is not None and file.exists() and file.samefile(table):
        raise UsageError(f"{shown(file)} is what you downloaded: name another file with --to.")
    filled: Filled = FILLED[name].fill(standings, tables.read(table), wanted)
    _write(filled.text, file, f"{filled.rows} students")
    for remark in filled.remarks:
        _say(remark)
    for student, why in filled.left_out.items():
        _say(f"Left out: {one_line(student, 80)}: {why}.")


def _write(text: str, file: Path | None, what: str) -> None:
    if file is None:
        click.echo(text, nl=False)
    else:
        files.write(file, text)
        click.echo(printable(f"{shown(file)}: {what}"))


def _say(sentence: str) -> None:
    click.echo(printable(sentence), err=True)
