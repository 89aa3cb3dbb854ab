"""What several commands make standings from: the roster, decisions.csv, the table of what was collected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from autograder.cli.options import decisions_file, roster_file
from autograder.course.folder import Course
from autograder.grades import collected
from autograder.grades.decisions import decisions_of
from autograder.grades.roster import Roster, read_roster
from autograder.grades.standing import Standing
from autograder.grades.standings import standings
from autograder.report import Report
from autograder.submission.assignment import load_assignment

_collected_file = click.option(
    "--collected", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="What became of everything that was handed in; what grading wrote beside the reports, if not said.",
)  # fmt: skip


def standings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that `gather` takes."""
    return roster_file(decisions_file(_collected_file(command)))


def collected_beside(reports: Path) -> Path | None:
    """Return the table that grading wrote beside the reports, if it did."""
    path = reports / collected.NAME
    return path if path.is_file() else None


def roster_from(path: Path | None) -> Roster | None:
    """Return the roster in a file that was named; None where none was. Raises BadTable."""
    return None if path is None else read_roster(path)


def gather(
    course: Course,
    reports: Sequence[Report],
    roster: Path | None,
    by_hand: Path | None,
    entries: Path | None,
) -> list[Standing]:
    """Return everybody's standing. Raises UsageError where one of the files has no meaning."""
    return standings(
        course,
        reports,
        roster_from(roster),
        decisions_of(course, load_assignment(course).ids, by_hand),
        collected.read(entries) if entries else None,
    )
