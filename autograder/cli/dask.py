"""autograder dask."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from autograder.cli.options import certificates_folder, one_assignment
from autograder.cli.output import printable, shown
from autograder.course.folder import find_course
from autograder.engines.registry import ENGINES, choose
from autograder.remote import certificates as authority
from autograder.remote import library


@click.group()
def dask() -> None:
    """A Dask cluster that grades: its certificates, its scheduler, its workers."""


@dask.command()
@click.option("--to", "folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
              default=Path("certificates"), show_default=True, help="Where they go.")  # fmt: skip
@click.option("--days", type=click.IntRange(1, 3650), default=authority.DAYS, show_default=True,
              help="How long they are valid.")  # fmt: skip
def certificates(folder: Path, days: int) -> None:
    """Make a private authority, and a certificate for scheduler, workers and client each."""
    for path in authority.make(folder, days):
        click.echo(printable(f"{shown(path)}, and its key beside it"))
    click.echo(
        "Whoever has one of these keys may have code run on all workers. Give each machine its own role's "
        "two files and ca.pem; ca.key stays here."
    )


@dask.command()
@certificates_folder
@click.option("--host", default="0.0.0.0", show_default=True, help="Where it listens.")
@click.option("--port", type=click.IntRange(0, 65535), default=8786, show_default=True)
def scheduler(certificates: Path, host: str, port: int) -> None:
    """Run the scheduler, until Ctrl-C or SIGTERM ends it."""
    from autograder.remote import serve

    serve.scheduler(certificates, host, port, _say)


@dask.command()
@click.argument("address", metavar="tls://HOST:PORT")
@one_assignment
@certificates_folder
@click.option("--engine", type=click.Choice(("auto", *ENGINES)), default="auto", show_default=True,
              help="Where student code runs.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default=True,
              help="Warm sessions side by side.")  # fmt: skip
def worker(
    address: str, assignment: str | None, certificates: Path, engine: str, workers: int
) -> None:
    """Grade for a scheduler, in sessions that stay warm, until Ctrl-C or SIGTERM ends it."""
    library.tls_address(address)
    library.needed("distributed")
    from autograder.remote import serve
    from autograder.remote.sessions import Sessions

    course = find_course(Path.cwd(), assignment)
    choice = choose(course, engine)
    sessions = Sessions(choice.engine, course.assignment, workers, _say)
    serve.worker(address, certificates, sessions, workers, _say)


def _say(sentence: str) -> None:
    click.echo(printable(f"{time.strftime('%H:%M:%S')} {sentence}"))
