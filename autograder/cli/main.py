"""The command `autograder`, and what its exit status means.

    0     all went well: every submission has a report, what was asked for is there
    1     something of ours failed: a submission could not be graded, no engine works here
    2     the command was called wrongly
    3     all went well, but some entries of what was handed in could not be placed: the last lines name them
    130   interrupted

A terminal that cannot show a name, or that nobody reads any more, changes none of them: see output.py.
"""

from __future__ import annotations

import io
import signal
import sys
from importlib import import_module, metadata

import click

from autograder.cli import output
from autograder.errors import AutograderError, UsageError

OURS, USAGE, INTERRUPTED = 1, 2, 130
COMMANDS = (
    "release", "collect", "grade", "watch", "regrade", "explain", "report", "export", "package", "dask",
    "image", "rubric", "doctor", "selftest", "certify", "new", "new-key",
)  # fmt: skip


class _Commands(click.Group):
    """The commands, each imported when it is called for: what makes releases takes seconds to import."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names in the order in which they are shown."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return the command that a file beside this one holds."""
        if name not in COMMANDS:
            return None
        module = name.replace("-", "_")
        command: click.Command = getattr(import_module(f"autograder.cli.{module}"), module)
        return command


def _show_version(context: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        (distribution, *_) = metadata.packages_distributions()["autograder"]
        click.echo(metadata.version(distribution))
        context.exit()


@click.group(cls=_Commands)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version,
              help="Show the version and exit.")  # fmt: skip
def commands() -> None:
    """Release the assignments of a course, and grade what students make of them."""


def main() -> None:
    """Run the command; turn what went wrong into one sentence and an exit status."""
    output.prepare()
    # What ends a batch system's task or a container gets the same clean end as Ctrl-C at the keyboard.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        status = _run()
    finally:
        signal.signal(signal.SIGTERM, before)
    try:
        output.finish()
    except OSError as error:
        status = status or _failed(f"The output could not be written: {error.strerror or error}.")
    sys.exit(status)


def _run() -> int:
    try:
        # What a command left with through context.exit, None where it ran to its end.
        left_with: int | None = commands(standalone_mode=False)
        return left_with or 0
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


def _failed(sentence: str, status: int = OURS) -> int:
    click.echo(f"autograder: {output.printable(sentence)}", err=True)
    return status
