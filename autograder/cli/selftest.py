"""autograder selftest."""

from __future__ import annotations

from pathlib import Path

import click

from autograder import selftest as selftest_module
from autograder.cli.options import every_assignment
from autograder.cli.output import printable
from autograder.course.folder import find_courses
from autograder.engines.registry import AUTO, ENGINES, choose
from autograder.errors import AutograderError


@click.command()
@every_assignment
@click.option("--engine", type=click.Choice((AUTO, *ENGINES)), default=AUTO, show_default=True,
              help="Where the notebooks run.")  # fmt: skip
def selftest(assignment: str | None, engine: str) -> None:
    """Try the hidden checks on the master and on the untouched release.

    The master must earn every point that checks give, the release none.
    """
    wrong = []
    for course in find_courses(Path.cwd(), assignment):
        choice = choose(course, engine)
        if choice.reason:
            click.echo(printable(f"{course.assignment}, tried with {choice.reason}"))
        found = list(selftest_module.run(course, choice.engine))
        for finding in found:
            click.echo(printable(f"{course.assignment}: {finding.sentence}"))
        if found:
            wrong.append(course.assignment)
        else:
            click.echo(
                f"{course.assignment}: the master earns every point of its checks, the release none."
            )
    if wrong:
        raise AutograderError(f"Not ready to grade a class: {', '.join(wrong)}. See above.")
