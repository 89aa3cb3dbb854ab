"""The command `autograder`, and what its exit status means.

    0     all went well: every submission has a report, what was asked for is there
    1     something of ours failed: a submission could not be graded, no engine works here
    2     the command was called wrongly
    130   interrupted

A terminal that cannot show a name, or that nobody reads any more, changes none of them: see output.py.
"""

from __future__ import annotations

import io
import sys
from importlib import metadata

import click

from autograder.cli import output
from autograder.cli.doctor import doctor
from autograder.cli.export import export
from autograder.cli.grade import grade
from autograder.cli.image import image
from autograder.cli.new_key import new_key
from autograder.cli.release import release
from autograder.cli.rubric import rubric
from autograder.errors import AutograderError, UsageError

OURS, USAGE, INTERRUPTED = 1, 2, 130


def _show_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        (distribution, *_) = metadata.packages_distributions()["autograder"]
        click.echo(metadata.version(distribution))
        context.exit()


@click.group()
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version,
              help="Show the version and exit.")  # fmt: skip
def commands() -> None:
    """Release the assignments of a course, and grade what students make of them."""


for command in (release, grade, export, image, rubric, doctor, new_key):
    commands.add_command(command)


def main() -> None:
    """Run the command; turn what went wrong into one sentence and an exit status."""
    output.prepare()
    status = _run()
    try:
        output.finish()
    except OSError as error:
        status = status or _failed(f"The output could not be written: {error.strerror or error}.")
    sys.exit(status)


def _run() -> int:
    try:
        commands(standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        said = io.StringIO()  # it repeats arguments, which may be names that students chose
        error.show(said)
        click.echo(
            "".join(c for c in said.getvalue() if c.isprintable() or c == "\n"), err=True, nl=False
        )
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        click.echo(
            "Interrupted. What was finished is kept; the same command goes on from there.", err=True
        )
        return INTERRUPTED
    except AutograderError as error:
        return _failed(str(error), USAGE if isinstance(error, UsageError) else OURS)
    except OSError as error:
        where = error.filename or "something could not be read or written."
        return _failed(f"{error.strerror or error}: {where}")
    return 0


def _failed(sentence: str, status: int = OURS) -> int:
    click.echo(f"autograder: {output.printable(sentence)}", err=True)
    return status
