"""collected.csv: every entry of what was handed in, and what became of it.

One row each: whose it is, its name in what the LMS handed out, when it came, whether late, which attempt of
the student's, whether it was taken, and if not why. `fault` is 'unplaced' where it could not be told whose it
is, or could not be read: such a row needs a person.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder import files
from autograder.grades import tables
from autograder.grades.tables import BadTable
from autograder.plaintext import spreadsheet_cell, told_apart

NAME = "collected.csv"
COLUMNS = (
    "student", "name", "file", "time", "late", "attempt", "became", "why", "layout", "members",
)  # fmt: skip
TAKEN, PASSED_OVER, UNPLACED = "taken", "passed over", "unplaced"


@dataclass(frozen=True)
class Entry:
    """One entry; `became` is one of TAKEN, PASSED_OVER and UNPLACED, and `why` says why it is not taken.

    `late` is what the time says, else the LMS's own word; None where neither is known. `layout` is what it
    was found in, `members` all who handed in together, where that was said.
    """

    student: str
    file: str
    became: str
    why: str = ""
    name: str = ""
    time: datetime | None = None
    late: bool | None = None
    attempt: int = 1
    layout: str = ""
    members: tuple[str, ...] = ()


def write(path: Path, entries: Iterable[Entry]) -> None:
    """Write the table, safe to open in a spreadsheet; raises NotWritten."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    table.writerows(map(cells, entries))
    files.write(path, text.getvalue())


def shown(word: str) -> str:
    """Return what stands in the table for a word: as it is, but for what hides or steers a spreadsheet."""
    return spreadsheet_cell(told_apart(word))


def cells(entry: Entry) -> list[str]:
    """Return an entry's row."""
    late = "" if entry.late is None else ("yes" if entry.late else "no")
    time = "" if entry.time is None else entry.time.isoformat(" ")
    words = (
        entry.student,
        entry.name,
        entry.file,
        time,
        late,
        str(entry.attempt),
        entry.became,
        entry.why,
    )
    return [shown(word) for word in (*words, entry.layout, " ".join(entry.members))]


def read(path: Path) -> list[Entry]:
    """Return the rows of a table that `write` wrote; names are as `shown` shows them. Raises BadTable."""
    sheet = tables.read(path)
    if not {"student", "file", "time", "became"} <= set(sheet.columns):
        raise BadTable(f"{path} is no table that 'autograder collect' wrote: collect once more.")
    return [_entry(path, row) for row in sheet.rows]


def _entry(path: Path, row: tables.Row) -> Entry:
    cells = row.cells
    try:
        time = datetime.fromisoformat(cells["time"]) if cells["time"] else None
        attempt = int(cells.get("attempt") or 1)
    except ValueError as error:
        raise BadTable(f"{path}, line {row.line}: {error}. Collect once more.") from None
    return Entry(
        student=cells["student"],
        file=cells["file"],
        became=cells["became"],
        why=cells.get("why", ""),
        name=cells.get("name", ""),
        time=time,
        late={"yes": True, "no": False}.get(cells.get("late", "")),
        attempt=attempt,
        layout=cells.get("layout", ""),
        members=tuple(cells.get("members", "").split()),
    )
