"""What `autograder grade` leaves of a class: its tables, and a word about who is in them and who is not."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click
from rich.console import Console

from autograder import files
from autograder.batch.job import Job
from autograder.batch.shards import Shard, Share, left
from autograder.batch.store import Store
from autograder.cli import accounting
from autograder.cli.output import names, shown
from autograder.cli.progress import without_checks
from autograder.collect.collect import Collected
from autograder.course.folder import Course
from autograder.grades.decisions import Decisions
from autograder.grades.roster import Roster
from autograder.grades.standing import Standing
from autograder.grades.standings import standings
from autograder.outputs import csv, terminal
from autograder.plaintext import told_apart
from autograder.report import Report

MOST_ROWS = (
    1000  # on a terminal, where nobody reads more; each takes some 6 kB while it is laid out
)


@dataclass(frozen=True)
class Class:
    """A class that is graded: what was handed in, what is known and decided of it, where reports go."""

    course: Course
    collected: Collected
    roster: Roster | None
    decisions: Decisions | None
    store: Store

    def end(self, reports: Sequence[Report], show: bool = True) -> list[Standing]:
        """Write the table of scores, show it, and say who is missing; return what is in it."""
        made = self.standings(reports, self.roster)
        files.write(self.store.folder / "scores.csv", csv.of_standings(made))
        if show:
            _show(made)
        _print_others({each.report.student for each in made if each.report}, self.store)
        click.echo(f"Reports: {shown(self.store.folder)}/<student>.json")
        click.echo(f"Scores:  {shown(self.store.folder)}/scores.csv")
        students = [each.student for each in made if each.report is not None]
        accounting.say_who_is_missing(students, self.roster)
        return made

    def standings(self, reports: Sequence[Report], roster: Roster | None) -> list[Standing]:
        """Return the standings that these reports make, and those of everybody else on the roster."""
        return standings(self.course, reports, roster, self.decisions, self.collected.entries)


def end_share(
    of: Class, reports: Sequence[Report], shard: Shard, share: Share, job: Job, counts: str
) -> None:
    """Show what one shard graded; where all others have ended, write what one run for all would leave.

    What was passed over is nobody's and concerns the class: the first shard tells it.
    """
    _show([each for each in of.standings(reports, None) if each.report is not None])
    everybody, missing = len(share.digests), left(share, job, of.store)
    click.echo(
        f"Shard {shard}: {len(share.mine)} of the class's {everybody} submissions, {counts}."
    )
    if missing:
        click.echo(
            f"Other shards still have {missing} to grade; the last of them to end writes scores.csv."
        )
    else:
        click.echo("The whole class has its reports.")
        found = (of.store.read(student) for student in sorted(share.digests))
        of.end([without_checks(report) for report in found if report is not None], show=False)
    if shard.index == 0:
        accounting.say_entries(of.collected, f"{everybody} taken")


def _show(made: Sequence[Standing]) -> None:
    """Show the table, of a class that nobody reads on a terminal its head, and every remark."""
    console = Console(width=None if sys.stdout.isatty() else terminal.WIDTH)
    console.print(terminal.table_of(made[:MOST_ROWS]))
    if len(made) > MOST_ROWS:
        console.print(f"These are {MOST_ROWS} of {len(made)} students.", highlight=False)
    for remark in terminal.remarks_on(made):
        console.print(remark, soft_wrap=True)
    console.print()


def _print_others(students: set[str], store: Store) -> None:
    """Name what else lies in the folder: students who withdrew, say, and files that are no reports."""
    found = store.all(besides=students)
    others = [told_apart(report.student, 60) for report in found.reports]
    if others:
        click.echo(f"Not in scores.csv, for they are not in this run: {names(others)}.")
    if found.unreadable:
        click.echo(f"No reports of this version, and left as they are: {names(found.unreadable)}.")
