"""autograder image."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.options import every_assignment
from autograder.course.folder import find_courses
from autograder.engines.docker import DockerEngine


@click.group()
def image() -> None:
    """The image that submissions are graded in."""


@image.command()
@every_assignment
@click.option("--quiet", is_flag=True, help="Show the builder's output only where it fails.")
def build(assignment: str | None, quiet: bool) -> None:
    """Build the image of an assignment; quick where nothing changed."""
    for course in find_courses(Path.cwd(), assignment):
        engine = DockerEngine(course)
        if quiet and not engine.no_engine() and engine.problem():
            click.echo(
                f"Building the image of {course.assignment}. The first time it takes minutes."
            )
        name = engine.build(quiet=quiet)
        if not quiet:
            click.echo(f"Built {name}")
