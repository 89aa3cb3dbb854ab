"""What a class's commands share: where submissions are laid out, and the account of every entry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import click

from autograder.cli.output import names, printable, shown
from autograder.collect.collect import Collected, Folders
from autograder.course.folder import Course
from autograder.errors import UsageError
from autograder.grades import collected as table
from autograder.grades.collected import PASSED_OVER, TAKEN, UNPLACED, Entry
from autograder.grades.roster import Roster, composed
from autograder.grades.tables import BadTable
from autograder.plaintext import one_line, told_apart

UNPLACED_STATUS = 3


def folders(submitted: Path, course: Course) -> Folders:
    """Return where submissions are laid out, and where attempts that do not count are kept beside that."""
    if submitted.absolute().name == "collected":
        raise UsageError(
            "Submissions cannot be laid out in 'collected': earlier attempts are kept there."
        )
    return Folders(submitted, submitted.absolute().parent / "collected" / course.assignment)


def say_layouts(collected: Collected) -> None:
    """Say what each path was taken for."""
    for path, layout in collected.layouts:
        click.echo(printable(f"Read as {layout}: {told_apart(shown(path), 200)}"))


def say_who_is_missing(students: Collection[str], roster: Roster | None) -> None:
    """List who is on the roster and not among the students who handed in, and who is, but not on it."""
    if roster is None:
        return
    same = {composed(student) for student in students}
    absent = [member.id for member in roster.members if composed(member.id) not in same]
    others = sorted(student for student in students if roster.find(student) is None)
    if absent:
        click.echo(f"Not handed in: {_all(absent)}.")
    if others:
        click.echo(f"Not on the roster: {_all(others)}.")


def say_entries(collected: Collected, counts: str) -> None:
    """Say how many entries there were and what became of them; name each that was passed over."""
    passed = [*collected.counted(UNPLACED), *collected.counted(PASSED_OVER)]
    end = ":" if passed else "."
    found = len(collected.entries)
    click.echo(
        f"{found} entr{'y' if found == 1 else 'ies'} found, {counts}, {len(passed)} passed over{end}"
    )
    for entry in passed:
        click.echo(f"  {_said(entry)}")


def say_collected_before(paths: Sequence[Path], folders: Folders) -> None:
    """Name once more what 'autograder collect' did not lay out, where what it did is graded."""
    written = folders.kept / table.NAME
    if (
        folders.submitted.resolve() not in [path.resolve() for path in paths]
        or not written.is_file()
    ):
        return
    try:
        left = [entry for entry in table.read(written) if entry.became != TAKEN]
    except BadTable as error:
        click.echo(printable(str(error)))
        return
    if left:
        click.echo(f"Not laid out when this was collected ({shown(written)}), {len(left)}:")
    for entry in left:
        click.echo(f"  {_said(entry)}")


def ends_unplaced(collected: Collected) -> bool:
    """Tell whether an entry could not be placed, and say what that means."""
    unplaced = len(collected.counted(UNPLACED))
    if unplaced:
        them = "it" if unplaced == 1 else "them"
        which = "1 entry" if unplaced == 1 else f"{unplaced} entries"
        sentence = (
            f"{which} could not be placed: look at {them} above, and run the same command again."
        )
        click.echo(f"autograder: {sentence}", err=True)
    return unplaced > 0


def _said(entry: Entry) -> str:
    whose = f" ({told_apart(entry.student, 60)})" if entry.student else ""
    mark = "to be looked at: " if entry.became == UNPLACED else ""
    return one_line(f"{told_apart(entry.file, 200)}{whose}: {mark}{entry.why}", 1000)


def _all(students: Sequence[str]) -> str:
    return names([told_apart(student, 60) for student in students], most=len(students))
