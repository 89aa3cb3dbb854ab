"""autograder rubric."""

from __future__ import annotations

from pathlib import Path

import click

from autograder import files
from autograder.cli.options import one_assignment
from autograder.cli.output import shown
from autograder.course.folder import find_course
from autograder.errors import AutograderError, UsageError
from autograder.outputs import rubric as rubric_module


@click.command()
@one_assignment
@click.option("--check", is_flag=True, help="Only say whether the table in the file is current.")
@click.option("--write", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Put the table between the marks in FILE.")  # fmt: skip
def rubric(assignment: str | None, check: bool, file: Path | None) -> None:
    """Print what each check looks at.

    It is a table of exercises, checks and points. FILE is README.md where --check names none.
    """
    course = find_course(Path.cwd(), assignment)
    table = rubric_module.table(course)
    if not check and file is None:
        click.echo(table)
        return
    path = file or course.root / "README.md"
    try:
        old = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{shown(path)} cannot be read: {error.strerror}.") from error
    new = rubric_module.inserted(old, table)
    if check and new != old:
        raise AutograderError(
            f"The rubric is stale: run 'autograder rubric --write {shown(path)}'."
        )
    if not check:
        files.write(path, new)
    click.echo(f"The rubric in {shown(path)} is current.")
