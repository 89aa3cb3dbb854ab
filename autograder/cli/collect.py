"""autograder collect."""

from __future__ import annotations

from pathlib import Path

import click

from autograder import files
from autograder.cli import accounting
from autograder.cli.options import one_assignment, roster_file, submitted_folder
from autograder.cli.output import shown
from autograder.cli.standings import roster_from
from autograder.collect.collect import collect as collected_from
from autograder.course.folder import find_course
from autograder.course.settings import load_settings
from autograder.grades import collected as table
from autograder.grades.collected import TAKEN


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@one_assignment
@roster_file
@submitted_folder
@click.pass_context
def collect(
    context: click.Context, paths: tuple[Path, ...], assignment: str | None, roster: Path | None,
    submitted: Path,
) -> None:  # fmt: skip
    """Lay out what an LMS hands out, so that it can be graded.

    PATHS are archives and folders as Canvas, Moodle, Gradescope, Brightspace, Blackboard, ILIAS and nbgrader
    hand them out. The exit status is 3 where an entry could not be placed.
    """
    course = find_course(Path.cwd(), assignment)
    settings = load_settings(course)
    known = roster_from(roster)
    folders = accounting.folders(submitted, course)
    collected = collected_from(paths, course, settings, folders, known, in_place=False)
    files.make_folder(folders.kept)
    table.write(folders.kept / table.NAME, collected.entries)
    accounting.say_layouts(collected)
    taken = collected.counted(TAKEN)
    laid_out = {name for entry in taken for name in (entry.student, *entry.members)}
    accounting.say_who_is_missing(laid_out, known)
    click.echo(f"Submissions: {shown(submitted)}/<student>/{course.assignment}/")
    click.echo(f"Table:       {shown(folders.kept / table.NAME)}")
    accounting.say_entries(collected, f"{len(taken)} laid out")
    if accounting.ends_unplaced(collected):
        context.exit(accounting.UNPLACED_STATUS)
