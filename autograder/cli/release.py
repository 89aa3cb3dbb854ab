"""autograder release."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.options import every_assignment
from autograder.cli.output import names, shown
from autograder.course.folder import Course, find_courses
from autograder.errors import AutograderError
from autograder.release.generate import check_release, make_release


@click.command()
@every_assignment
@click.option("--check", is_flag=True, help="Only say whether the committed release is current.")
def release(assignment: str | None, check: bool) -> None:
    """Make the student release and its zip from the master notebook."""
    courses = find_courses(Path.cwd(), assignment)
    if check:
        _check(courses)
        return
    for course in courses:
        result = make_release(course.root, course.assignment)
        count = len(result.files)
        click.echo(f"{shown(result.folder)}: {count} file{'s' * (count != 1)}")
        click.echo(f"{shown(result.archive)}: to upload to your LMS")
        if result.left_out:
            click.echo(f"left out: {names(result.left_out)}, which git does not track", err=True)


def _check(courses: list[Course]) -> None:
    stale = []
    for course in courses:
        differences = check_release(course.root, course.assignment)
        for difference in differences:
            click.echo(difference, err=True)
        if differences:
            stale.append(course.assignment)
        else:
            click.echo(f"{shown(course.release)} is current.")
    if stale:
        raise AutograderError(
            f"The release of {', '.join(stale)} is stale: run 'autograder release'."
        )
