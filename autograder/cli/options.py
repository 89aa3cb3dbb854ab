"""What several commands ask for: the assignment, the folder of reports."""

from __future__ import annotations

from pathlib import Path

import click

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
