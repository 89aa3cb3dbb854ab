"""autograder new-key."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.options import one_assignment
from autograder.cli.output import shown
from autograder.course.folder import find_course
from autograder.course.new_key import write_new_key


@click.command("new-key")
@one_assignment
def new_key(assignment: str | None) -> None:
    """Write a new secret key.

    The checks draw other inputs from then on.
    """
    course = find_course(Path.cwd(), assignment)
    path = write_new_key(course.checks)
    click.echo(
        f"{shown(path)} is new. Reports that were made with the old key are no longer current: 'autograder "
        "grade' makes them again."
    )
