"""autograder rubric."""

from __future__ import annotations

from pathlib import Path

import click

from autograder import files
from autograder.cli.options import every_assignment
from autograder.cli.output import shown
from autograder.course.folder import find_courses
from autograder.errors import AutograderError, UsageError
from autograder.outputs import rubric as rubric_module
from autograder.outputs.rubric import RubricError


@click.command()
@every_assignment
@click.option("--check", is_flag=True, help="Only say whether the tables in the file are current.")
@click.option("--write", "file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Put each table between its marks in FILE.")  # fmt: skip
def rubric(assignment: str | None, check: bool, file: Path | None) -> None:
    """Print what each check looks at.

    It is a table of exercises, checks and points for each assignment. FILE is README.md where --check names
    none. A table's marks in it are the comments `rubric NAME: begin` and `rubric NAME: end`.
    """
    courses = find_courses(Path.cwd(), assignment)
    tables = {course.assignment: rubric_module.table(course) for course in courses}
    if check or file is not None:
        _in_file(file or courses[0].root / "README.md", tables, check)
        return
    for name, table in tables.items():
        click.echo(f"{name}\n\n{table}\n" if len(tables) > 1 else table)


def _in_file(path: Path, tables: dict[str, str], check: bool) -> None:
    """Write or check every table that has a place in the file; then name those that have none."""
    try:
        old = new = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{shown(path)} cannot be read: {said}.") from error
    marks = {name: rubric_module.mark(name) for name in tables}
    placed = [name for name in tables if rubric_module.has_place(old, marks[name])]
    stale = []
    for name in placed:
        before, new = new, rubric_module.inserted(new, tables[name], marks[name])
        stale += [name] if new != before else []
    if check and stale:
        raise AutograderError(
            f"The rubric of {', '.join(stale)} is stale: run 'autograder rubric --write {shown(path)}'."
        )
    if new != old:
        files.write(path, new)
    for name in placed:
        click.echo(f"The rubric of {name} in {shown(path)} is current.")
    if missing := [name for name in tables if name not in placed]:
        example = marks[missing[0]]
        raise RubricError(
            f"{shown(path)} has no place for the rubric of {', '.join(missing)}: put '<!-- {example}: begin "
            f"-->' and '<!-- {example}: end -->' where it shall stand, or say --assignment."
        )
