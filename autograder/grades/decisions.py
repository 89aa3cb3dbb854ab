"""decisions.csv: what an instructor decided by hand. It is read, and never written by us.

One row is one decision about one student; the first row names the columns, of which `student` and those that
are used must be there:

    assignment   which one it is about; empty or left out: every assignment of the course
    student      as in scores.csv
    exercise     with `points`: the exercise or question that they are for
    points       what it is worth in place of what it got; more than there are is a bonus
    reason       why: needed for points, for excusing and for an extension
    excused      yes: the assignment does not count for this student
    extension    until when instead, 2026-11-05 (to the end of that day) or 2026-11-05 18:00; or a number of
                 days more
    group        the name of the student's group: what one member hands in counts for all
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from autograder.course.folder import Course
from autograder.grades import tables
from autograder.grades.roster import composed
from autograder.grades.standing import Points
from autograder.grades.tables import BadTable, Row
from autograder.plaintext import spreadsheet_cell, told_apart

NAME = "decisions.csv"
COLUMNS = (
    "assignment", "student", "exercise", "points", "reason", "excused", "extension", "group",
)  # fmt: skip
_YES, _NO = {"yes", "true", "1", "x"}, {"", "no", "false", "0"}
_MOST_DAYS = 3660


@dataclass(frozen=True)
class Extension:
    """More time: until another moment, or some days longer; `reason` says why."""

    reason: str
    until: datetime | None = None
    longer: timedelta | None = None


@dataclass(frozen=True)
class Decided:
    """All that was decided about one student in one assignment."""

    points: Mapping[str, Points] = field(default_factory=dict)
    excused: str | None = None
    extension: Extension | None = None
    group: str = ""


@dataclass(frozen=True)
class Decisions:
    """What was decided, by student."""

    by_student: Mapping[str, Decided] = field(default_factory=dict)

    def about(self, student: str) -> Decided:
        """Return what was decided about a student, who may be named as tables show the name."""
        return self.by_student.get(self.name_of(student), Decided())

    def name_of(self, student: str) -> str:
        """Return the name under which something was decided about a student; empty where nothing was."""
        shown = told_apart(composed(student))
        names = (composed(student), shown, spreadsheet_cell(shown))
        return next((name for name in names if name in self.by_student), "")


def read_decisions(path: Path, assignment: str, exercises: Collection[str]) -> Decisions:
    """Return what was decided in an assignment, which has these exercises and questions.

    Raises BadTable, whose text has one sentence for each line that has no meaning: nothing is left out.
    """
    sheet = tables.read(path)
    columns = {column.casefold() for column in sheet.columns}
    if unknown := sorted(columns - set(COLUMNS) - {""}):
        raise BadTable(
            f"{path}: '{told_apart(unknown[0], 40)}' is no column that is known here; they are "
            f"{', '.join(COLUMNS)}."
        )
    if "student" not in columns:
        raise BadTable(f"{path} has no column 'student': its first line names the columns.")
    reader = _Reader(assignment, exercises)
    wrong = [f"{path}, line {row.line}: {said}" for row in sheet.rows for said in reader.take(row)]
    if wrong:
        raise BadTable("\n".join(wrong))
    return Decisions(reader.found)


def decisions_of(
    course: Course, exercises: Collection[str], named: Path | None = None
) -> Decisions | None:
    """Return what was decided in the file that was `named`, else in the course folder's own, if there is one.

    Raises BadTable.
    """
    own = course.root / NAME
    if named is None and not own.exists():
        return None
    return read_decisions(named or own, course.assignment, exercises)


class _Reader:
    """Adds up rows; what `found` has of a student is complete when all have been taken."""

    def __init__(self, assignment: str, exercises: Collection[str]) -> None:
        self._assignment, self._exercises = assignment, exercises
        self._lines: dict[tuple[str, str], int] = {}
        self.found: dict[str, Decided] = {}

    def take(self, row: Row) -> Iterator[str]:
        """Take a row; yield a sentence for all that has no meaning in it."""
        cells = dict.fromkeys(COLUMNS, "") | {k.casefold(): v for k, v in row.cells.items()}
        if cells["assignment"] not in ("", self._assignment):
            return
        if not cells["student"]:
            yield "there is no student in it. Write whom it is about."
            return
        student = composed(cells["student"])
        before = self.found.get(student, Decided())
        try:
            decided = dict(self._read(cells, before))
        except ValueError as error:
            yield str(error)
            return
        if not decided:
            yield "nothing is decided in it. Write points, excused, extension or group, or remove the line."
        for what in (f"points for {cells['exercise']}" if w == "points" else w for w in decided):
            first = self._lines.setdefault((student, what), row.line)
            if first != row.line:
                whose = told_apart(student, 60)
                yield f"{what} of {whose} stands in line {first} already. Keep one of the two."
        self.found[student] = Decided(**({**vars(before)} | decided))

    def _read(self, cells: dict[str, str], before: Decided) -> Iterator[tuple[str, object]]:
        """Yield what a row decides, as the fields of Decided; raise ValueError with a sentence."""
        reason = cells["reason"]
        if cells["points"] or cells["exercise"]:
            points = Points(
                self._points(cells["points"], cells["exercise"]), _given(reason, "points")
            )
            yield "points", {**before.points, cells["exercise"]: points}
        excused = cells["excused"].casefold()
        if excused not in _YES | _NO:
            raise ValueError(
                f"excused is '{told_apart(excused, 40)}'. Write yes, or leave it empty."
            )
        if excused in _YES:
            yield "excused", _given(reason, "excusing")
        if cells["extension"]:
            yield "extension", _extension(cells["extension"], _given(reason, "an extension"))
        if cells["group"]:
            yield "group", composed(cells["group"])

    def _points(self, points: str, exercise: str) -> float:
        if exercise not in self._exercises:
            raise ValueError(
                f"'{told_apart(exercise, 60)}' is no exercise of {self._assignment}. Write one of "
                f"{', '.join(self._exercises)}; a line about another assignment names it in the column "
                "'assignment'."
            )
        try:
            number = float(points.replace(",", "."))
        except ValueError:
            number = math.nan
        if not 0 <= number < math.inf:
            raise ValueError(
                f"points are '{told_apart(points, 40)}'. Write a number that is not below 0."
            )
        return number


def _given(reason: str, what: str) -> str:
    if not reason:
        raise ValueError(f"the reason is missing. Say why for {what}: the student will read it.")
    return reason


def _extension(text: str, reason: str) -> Extension:
    try:
        days = float(
            text.removeprefix("+").removesuffix("days").removesuffix("day").replace(",", ".")
        )
        if 0 < days <= _MOST_DAYS:
            return Extension(reason, longer=timedelta(days=days))
    except ValueError:
        pass
    try:
        if len(text) == len("2026-11-05"):
            return Extension(
                reason, until=datetime.combine(date.fromisoformat(text), time(23, 59, 59))
            )
        return Extension(reason, until=datetime.fromisoformat(text))
    except ValueError:
        raise ValueError(
            f"the extension is '{told_apart(text, 40)}'. Write a day, 2026-11-05, a day and a time, "
            "2026-11-05 18:00, or a number of days."
        ) from None
