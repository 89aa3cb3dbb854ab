"""What is said of a class that is entered into nbgrader's gradebook, by whichever command."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import click

from autograder.cli.output import printable
from autograder.course.folder import Course
from autograder.grades.standing import Standing
from autograder.nbgrader import enter
from autograder.nbgrader.enter import Files
from autograder.outputs.sentences import AT_ONCE
from autograder.plaintext import told_apart
from autograder.report import Visibility


def enter_and_say(
    course: Course,
    standings: Sequence[Standing],
    url: str | None = None,
    submitted: Files | None = None,
    visible: Collection[Visibility] = AT_ONCE,
) -> None:
    """Enter everybody, and name whoever is left out. Raises GradebookError."""
    done = enter.enter(course, standings, submitted, url, visible)
    count = f"{len(done.students)} of {len(standings)} students"
    click.echo(printable(f"{done.gradebook}: {count} entered, {course.assignment}"))
    for student, why in done.left_out.items():
        click.echo(printable(f"Left out: {told_apart(student, 60)}: {why}."))
    for student, why in done.not_shown.items():
        click.echo(printable(f"Not in formgrader: {told_apart(student, 60)}: {why}."))
