"""Canvas' gradebook: the score column of your own export, filled in to be uploaded."""

from __future__ import annotations

import re
from collections.abc import Sequence

from autograder.grades.standing import Standing
from autograder.grades.tables import BadTable, Row, Sheet
from autograder.outputs import filled
from autograder.outputs.filled import Class, Filled, Wanted, addresses, lms_ids, own_ids
from autograder.plaintext import spreadsheet_cell, told_apart

_EXCUSED = "EX"  # Canvas' own word
_POINTS = "points possible"
_INFORMATION = (
    "student", "id", "sis user id", "sis login id", "integration id", "root account", "section",
)  # fmt: skip
_ASSIGNMENT = re.compile(r"(.*\S)\s*\(\d+\)")  # "Title (assignment id)"


def fill(standings: Sequence[Standing], sheet: Sheet, wanted: Wanted) -> Filled:
    """Return the export with one column of scores: whatever else is in it is not uploaded again.

    Canvas finds students by their ID, so a name that a spreadsheet would take for a formula has a quote
    before it. Raises BadTable where it is no export of Canvas', or its points are not the assignment's.
    """
    by_name = {each.casefold(): each for each in sheet.columns}
    information = [by_name[name] for name in _INFORMATION if name in by_name]
    if not {"student", "id", "section"} <= by_name.keys():
        raise BadTable(
            "This is no gradebook that Canvas exported: it needs the columns Student, ID and Section. In "
            "Canvas, choose Grades, Export, Export Entire Gradebook."
        )
    column = _column(sheet, wanted)
    done, students = Filled(), Class(standings)
    rows = []
    for row in sheet.rows:
        if row.cells[by_name["student"]].casefold() == _POINTS:
            _check_points(row, column, wanted)
            rows.append({by_name["student"]: "    Points Possible", column: row.cells[column]})
        elif row.cells[by_name["id"]]:
            value = _value(row, by_name, students, done)
            if value is not None and not (wanted.changed and _says(row.cells[column], value)):
                rows.append(_safe(row, information, by_name) | {column: value})
                done.rows += 1
    students.name_others(done)
    done.text = filled.written([*information, column], rows)
    return done


def _column(sheet: Sheet, wanted: Wanted) -> str:
    titles = {title.casefold() for title in wanted.titles}
    named = [(each, match) for each in sheet.columns if (match := _ASSIGNMENT.fullmatch(each))]
    known = [each for each, match in named if match[1].casefold() in titles]
    return filled.column(
        sheet, wanted.column, known or list(wanted.titles), "the scores (--column)"
    )


def _check_points(row: Row, column: str, wanted: Wanted) -> None:
    there, ours = filled.number(row.cells[column]), filled.points(wanted.max_score)
    if there is not None and abs(there - wanted.max_score) > 0.005:
        raise BadTable(
            f"Canvas counts '{column}' out of {filled.points(there)} points, and we out of {ours}: set its "
            f"points to {ours} in Canvas, and export once more."
        )


def _value(row: Row, by_name: dict[str, str], students: Class, done: Filled) -> str | None:
    """Return what stands in the column of scores; None, with the reason noted, where nothing does."""

    def cell(name: str) -> str:
        return row.cells[by_name[name]] if name in by_name else ""

    name = told_apart(cell("student"), 60)
    if name.casefold() in ("student, test", "test student"):
        return None
    if any(spreadsheet_cell(cell(key)) != cell(key) for key in _INFORMATION[1:-1]):
        done.left_out[name] = "a spreadsheet would take an id in this row for a formula"
        return None
    keys = [(cell("id"), lms_ids), (cell("sis login id"), own_ids), (cell("sis user id"), own_ids)]
    standing = students.find([*keys, (cell("sis login id"), addresses)], done, name)
    if standing is None:
        done.left_out.setdefault(name, "nothing of theirs is among the reports")
        return None
    if standing.excused:
        return _EXCUSED
    if standing.final is None:
        done.left_out[name] = filled.without_score(standing)
        return None
    return filled.points(standing.final)


def _says(before: str, value: str) -> bool:
    """Tell whether a cell says this already."""
    there, new = filled.number(before), filled.number(value)
    return (
        before.upper() == value if new is None else there is not None and abs(there - new) < 0.005
    )


def _safe(row: Row, information: Sequence[str], by_name: dict[str, str]) -> dict[str, str]:
    names = (by_name["student"], by_name["section"])
    return {
        each: spreadsheet_cell(row.cells[each]) if each in names else row.cells[each]
        for each in information
    }
