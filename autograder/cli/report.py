"""autograder report."""

from __future__ import annotations

from pathlib import Path

import click

from autograder import files
from autograder.batch.store import Found, Store
from autograder.cli.found import remarks
from autograder.cli.options import one_assignment, reports_folder
from autograder.cli.output import names, printable, shown
from autograder.cli.standings import collected_beside, gather, standings_options
from autograder.course.folder import Course, find_course
from autograder.errors import UsageError
from autograder.grades import collected as collected_table
from autograder.pages import handing_back, material, write
from autograder.pages.handing_back import ARCHIVE, FILES, LAYOUTS, MOODLE, NBGRADER
from autograder.pages.material import Material
from autograder.pages.visible import Moment

INSTRUCTOR, STUDENTS = "instructor", "students"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@one_assignment
@reports_folder
@click.option("--for", "reader", type=click.Choice((INSTRUCTOR, STUDENTS)), default=INSTRUCTOR,
              show_default=True, help="Who reads it; students get a file each.")  # fmt: skip
@click.option("--when", "moment", type=click.Choice([*map(str, Moment)]), default=str(Moment.SUBMITTED),
              show_default=True, help="For students: which checks they may see by then.")  # fmt: skip
@click.option("--layout", type=click.Choice(LAYOUTS), default=FILES, show_default=True,
              help="For students: a folder of files, nbgrader's feedback, Moodle's zip.")  # fmt: skip
@standings_options
@click.option("--to", "folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path),
              help="Where the pages go.")  # fmt: skip
def report(
    paths: tuple[Path, ...], assignment: str | None, out: Path, reader: str, moment: str, layout: str,
    roster: Path | None, decisions: Path | None, collected: Path | None, folder: Path | None,
) -> None:  # fmt: skip
    """Make pages of what was graded: one for the class and one for each student.

    PATHS are the submissions as 'autograder collect' lays them out; submitted/ of the course, if not said.
    The pages show the code of those notebooks that the reports are about.
    """
    course = find_course(Path.cwd(), assignment)
    reports = out / course.assignment
    found = _found(reports)
    table = collected or collected_beside(reports)
    everybody = gather(course, found.reports, roster, decisions, table)
    entries = collected_table.read(table) if table else []
    made_from = material.gather(course, found, paths, everybody, entries)
    if reader == STUDENTS:
        _hand_back(made_from, folder or _default(course, reports, layout), layout, Moment(moment))
    else:
        index = write.for_instructor(made_from, folder or reports / "pages")
        count = len(made_from.standings)
        click.echo(printable(f"{shown(index)}: the class, and a page for each of {count} students"))
    if without := material.without_code(made_from):
        _say(
            f"Without their code, for the notebook that was graded was not found: {names(without)}. Name "
            "the folder that it lies in."
        )


def _found(folder: Path) -> Found:
    """Return the reports; name the files that are none, and the reports that are old."""
    found = Store(folder).all() if folder.is_dir() else Found([], [])
    for remark in remarks(found):
        _say(remark)
    if not found.reports:
        raise UsageError(
            f"{shown(folder)} holds no report: run 'autograder grade', or name another folder with --out."
        )
    return found


def _default(course: Course, reports: Path, layout: str) -> Path:
    return course.root / "feedback" if layout == NBGRADER else reports / "feedback"


def _hand_back(made_from: Material, folder: Path, layout: str, moment: Moment) -> None:
    placed = handing_back.places(made_from, folder, layout)
    left_out = write.for_students(made_from, placed.files, moment)
    click.echo(printable(f"{shown(folder)}: a page for each of {len(placed.files)} students"))
    if layout == MOODLE:
        files.write_bytes(folder / ARCHIVE, handing_back.zipped(placed.files, folder))
        click.echo(printable(f"{shown(folder / ARCHIVE)}: to upload as feedback files"))
    table = folder / handing_back.TABLE
    files.write(table, handing_back.mail_merge(made_from, placed.files, folder))
    click.echo(printable(f"{shown(table)}: names, addresses and files, for a mail merge"))
    if left_out:
        _say(f"{left_out} checks are left out, for students may not see them when {moment}.")
    if placed.left_out:
        _say(f"No place is known for these, so they got no page: {names(placed.left_out)}.")


def _say(sentence: str) -> None:
    click.echo(printable(sentence), err=True)
