"""autograder new."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.output import shown
from autograder.course.folder import enclosing_root
from autograder.course.new import new_assignment


@click.command()
@click.argument("name")
def new(name: str) -> None:
    """Write an assignment to start from.

    It is called NAME, and goes into the course folder that this is called in; elsewhere a course begins here.
    """
    root = enclosing_root(Path.cwd()) or Path.cwd()
    for path in new_assignment(root, name):
        click.echo(f"wrote {shown(path)}")
    click.echo("Next: 'autograder release', then 'autograder selftest'.")
