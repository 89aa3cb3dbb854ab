"""What several commands make standings from: the roster, decisions.csv, the table of what was collected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from autograder.course.folder import Course
from autograder.grades import collected, decisions
from autograder.grades.roster import read_roster
from autograder.grades.standing import Standing
from autograder.grades.standings import standings
from autograder.report import Report
from autograder.submission.assignment import load_assignment

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_OPTIONS = (
    click.option("--roster", type=_FILE, help="Who is in the class."),
    click.option("--decisions", type=_FILE,
                 help="What you decided by hand; decisions.csv of the course, if not said."),
    click.option("--collected", type=_FILE, help="What became of everything that was handed in."),
)  # fmt: skip


def standings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that `gather` takes."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def gather(
    course: Course,
    reports: Sequence[Report],
    roster: Path | None,
    by_hand: Path | None,
    entries: Path | None,
) -> list[Standing]:
    """Return everybody's standing. Raises UsageError where one of the files has no meaning."""
    assignment = load_assignment(course)
    known = [each.id for each in assignment.exercises]
    known += [each.id for each in assignment.questions]
    path = by_hand or course.root / decisions.NAME
    decided = None
    if by_hand is not None or path.is_file():
        decided = decisions.read_decisions(path, course.assignment, known)
    return standings(
        course,
        reports,
        read_roster(roster) if roster else None,
        decided,
        collected.read(entries) if entries else None,
    )
