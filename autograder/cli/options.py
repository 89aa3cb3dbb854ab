"""What several commands ask for: the assignment, the folder of reports."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.batch import shards
from autograder.batch.shards import Shard

one_assignment = click.option(
    "--assignment",
    metavar="NAME",
    help="Which assignment; may be left out where the course has one.",
)
every_assignment = click.option(
    "--assignment", metavar="NAME", help="Which assignment; all of the course, if not said."
)
reports_folder = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path("graded"),
    show_default=True, help="The folder of reports.",
)  # fmt: skip
roster_file = click.option(
    "--roster", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Who is in the class: nbgrader's table, or as Canvas or Moodle exports it.",
)  # fmt: skip
decisions_file = click.option(
    "--decisions", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="What was decided by hand; decisions.csv in the course folder, if not said.",
)  # fmt: skip


def _shard(context: click.Context, option: click.Parameter, value: str | None) -> Shard | None:
    return None if value is None else shards.parse(value)


shard_of_class = click.option(
    "--shard", metavar="I/N", callback=_shard,
    help="Grade only what falls to share I of N, counted from 0: the others are other machines'.",
)  # fmt: skip
certificates_folder = click.option(
    "--certificates", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    default=Path("certificates"), show_default=True,
    help="Where this machine's certificates for a Dask cluster lie.",
)  # fmt: skip
submitted_folder = click.option(
    "--submitted", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    default=Path("submitted"), show_default=True,
    help="Where <student>/<assignment>/ is laid out.",
)  # fmt: skip
