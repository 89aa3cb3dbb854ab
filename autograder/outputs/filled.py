"""What is filled into a table that an instructor downloaded: which row is whose, and whoever has none."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.grades.roster import composed
from autograder.grades.standing import Standing
from autograder.grades.tables import BadTable, Sheet
from autograder.outputs.sentences import AT_ONCE, of_exercise
from autograder.plaintext import one_line, told_apart
from autograder.report import Visibility

Keys = Callable[[Standing], Iterable[str]]


@dataclass(frozen=True)
class Wanted:
    """What is to be filled in, and where.

    `titles` are what the column of scores may be called, `max_score` is how many points there are. `column`
    and `comments` are the columns for scores and for comments, where their names are not to be guessed. With
    `changed`, only rows that say something new are kept. Of checks, students may see those `shown`.
    """

    titles: Sequence[str]
    max_score: float
    column: str | None = None
    comments: str | None = None
    changed: bool = False
    shown: Collection[Visibility] = AT_ONCE


@dataclass
class Filled:
    """The table to upload, the number of students in it, and by name why others are not."""

    text: str = ""
    rows: int = 0
    left_out: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


class Class:
    """Standings that rows of a table are looked up in, each by several names."""

    def __init__(self, standings: Sequence[Standing]) -> None:
        self._standings = standings
        self._found: set[str] = set()

    def find(self, names: Sequence[tuple[str, Keys]], done: Filled, row: str) -> Standing | None:
        """Return whose row has these names: each stands beside what standings have in its place.

        The first name that anybody has decides; whose it is must be clear, or the row is left out.
        """
        for name, keys in names:
            wanted = _same(name)
            same = [s for s in self._standings if wanted and wanted in map(_same, keys(s))]
            if len(same) == 1 and same[0].student not in self._found:
                self._found.add(same[0].student)
                return same[0]
            if same:
                done.left_out[row] = "it is not clear whose row this is"
                return None
        return None

    def name_others(self, done: Filled) -> None:
        """Note who has a score and no row."""
        for standing in self._standings:
            if standing.student not in self._found and (
                standing.final is not None or standing.excused
            ):
                done.left_out.setdefault(
                    told_apart(standing.student, 60), "no row of the table is theirs"
                )


def _same(name: str) -> str:
    return composed(name.strip()).casefold()


def lms_ids(standing: Standing) -> Iterable[str]:
    """Yield the LMS's own number of a student; where nobody told us, it may be the name handed in under."""
    if standing.member is not None and standing.member.lms_user_id:
        yield standing.member.lms_user_id
    else:
        yield standing.student


def own_ids(standing: Standing) -> Iterable[str]:
    """Yield the names that a student has here: on the roster, and the one that was handed in under."""
    yield standing.student
    if standing.member is not None:
        yield standing.member.id


def addresses(standing: Standing) -> Iterable[str]:
    """Yield a student's mail address."""
    if standing.member is not None:
        yield standing.member.email
    yield standing.student


def without_score(standing: Standing) -> str:
    """Return why somebody has no score."""
    if standing.excused:
        return "excused"
    if standing.report is None:
        return "nothing was handed in"
    return "a fault of ours while it was graded, which is no zero"


def points(number: float) -> str:
    """Return points with at most two decimals, and no exponent."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def number(cell: str) -> float | None:
    """Return the number in a cell, with a point or a comma; None where there is none."""
    try:
        return float(cell.replace(",", ".")) if cell else None
    except ValueError:
        return None


def column(sheet: Sheet, asked_for: str | None, known: Sequence[str], what: str) -> str:
    """Return the column asked for, else the only one that has one of the `known` names.

    Raises BadTable, which names the columns that there are.
    """
    wanted = [asked_for] if asked_for is not None else known
    names = {_same(name) for name in wanted}
    found = [each for each in sheet.columns if _same(each) in names]
    if len(found) == 1:
        return found[0]
    there = ", ".join(f"'{one_line(each, 60)}'" for each in sheet.columns if each)
    how_many = "More than one column is" if found else "No column is"
    called = " or ".join(f"'{one_line(name, 60)}'" for name in list(wanted)[:3])
    raise BadTable(f"{how_many} called {called}, for {what}: name one of {there}.")


def sentences(standing: Standing, shown: Collection[Visibility] = AT_ONCE) -> list[str]:
    """Return what a student reads: a line for each exercise, and why the score is what it is."""
    report = standing.report
    if report is None:
        return list(standing.reasons)
    lines = [report.message] if report.message else []
    for result in report.exercises:
        said = " ".join(of_exercise(result, shown))
        lines.append(
            f"{result.id}: {points(result.score)} of {points(result.max_score)}. {said}".strip()
        )
    return [*lines, *([report.note] if report.note else []), *standing.reasons]


def written(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    """Return a table (RFC 4180)."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(columns)
    table.writerows([row.get(name, "") for name in columns] for row in rows)
    return text.getvalue()
