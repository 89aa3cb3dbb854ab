"""autograder watch."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path

import click

from autograder.batch.job import make_job
from autograder.batch.store import Store
from autograder.cli.options import one_assignment
from autograder.cli.output import printable, shown
from autograder.course.folder import find_course
from autograder.course.settings import load_settings
from autograder.engines.registry import ENGINES, choose
from autograder.watch.answering import Answering
from autograder.watch.journal import Journal
from autograder.watch.layouts import layout_of
from autograder.watch.lock import held
from autograder.watch.watcher import Watcher


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@one_assignment
@click.option("--engine", type=click.Choice(("auto", *ENGINES)), default="auto", show_default=True,
              help="Where student code runs.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True,
              help="Warm sessions side by side.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("watched"),
              show_default=True, help="The folder of reports, and of what was answered.")  # fmt: skip
def watch(folder: Path, assignment: str | None, engine: str, workers: int, out: Path) -> None:
    """Grade what arrives in FOLDER at once, and put feedback where its student finds it.

    FOLDER is the `inbound` of a course in nbgrader's exchange, or a folder with <student>/<assignment>/ or
    <student>.ipynb in it.
    """
    course = find_course(Path.cwd(), assignment)
    settings = load_settings(course)
    job = make_job(course, choose(course, engine))
    store = Store(out / course.assignment)
    stopped = threading.Event()
    with held(store.folder):
        journal = Journal(store.folder / "answers.sqlite")
        try:
            answering = Answering(
                layout_of(folder, course.assignment),
                journal,
                store,
                job,
                settings.submissions.per_day,
                _say,
            )
            _end_at_signals(stopped)
            _say(f"{settings.title}: watching {shown(folder)}. Ctrl-C ends it.")
            Watcher(answering, workers, stopped).run()
        finally:
            journal.close()
    _say("Ended. What was not answered yet is answered when watching starts again.")


def _end_at_signals(stopped: threading.Event) -> None:
    """End cleanly when a service manager or a person at the keyboard asks for it."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stopped.set())


def _say(sentence: str) -> None:
    click.echo(printable(f"{time.strftime('%H:%M:%S')} {sentence}"))
