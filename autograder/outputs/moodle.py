"""Moodle's grading worksheet: grades and comments, filled into your own download."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from autograder.grades.standing import Standing
from autograder.grades.tables import BadTable, Row, Sheet
from autograder.outputs import filled
from autograder.outputs.filled import Class, Filled, Wanted, addresses, lms_ids, own_ids
from autograder.plaintext import spelled, spreadsheet_cell, told_apart

# Moodle translates its headers. Where yours are not among these, they are asked for.
_GRADE = ("Grade", "Bewertung", "Note", "Calificación", "Valutazione", "Cijfer", "Karakter")
_COMMENTS = ("Feedback comments", "Feedback als Kommentar", "Commentaires de feedback")
_MOST = (
    "Maximum grade",
    "Bestwertung",
    "Maximale Bewertung",
    "Note maximale",
    "Calificación máxima",
)
_MAY_CHANGE = ("Grade can be changed", "Bewertung kann geändert werden")
_NO = ("no", "nein", "non")
_EMAIL = ("Email address", "E-Mail-Adresse", "Adresse de courriel", "Correo electrónico")
_NUMBER = ("ID number", "ID-Nummer", "Matrikelnummer", "Numéro d'identification", "Número de ID")
_PARTICIPANT = re.compile(r"\D*\s(\d+)")  # "Participant 123", "Teilnehmer/in 123"


def fill(standings: Sequence[Standing], sheet: Sheet, wanted: Wanted) -> Filled:
    """Return the worksheet with its grades and, where it has that column, our sentences as HTML of their own.

    Moodle knows a row by the participant's number, and passes over it where it was graded since: so those
    columns stay as they are. Raises BadTable where it is no worksheet of Moodle's.
    """
    identifier = _identifier(sheet)
    column = filled.column(sheet, wanted.column, _GRADE, "the grades (--column)")
    done, students = Filled(), Class(standings)
    comments = _comments(sheet, wanted, done)
    kept = {identifier, column, comments, *_found(sheet, (*_MOST,)), *_dates(sheet)}
    rows = []
    for row in sheet.rows:
        standing = _standing(row, sheet, identifier, students, done)
        if standing is None:
            continue
        grade = _written(standing.final or 0.0, row, sheet)
        new = {column: grade}
        if comments is not None:
            new[comments] = spreadsheet_cell(_as_html(standing, wanted))
        if wanted.changed and all(_is(row.cells[key], value) for key, value in new.items()):
            continue
        safe = {k: v if k in kept else spreadsheet_cell(v) for k, v in row.cells.items()}
        rows.append(safe | new)
        done.rows += 1
    students.name_others(done)
    done.text = filled.written(sheet.columns, rows)
    return done


def _identifier(sheet: Sheet) -> str:
    first = sheet.columns[0]
    values = [row.cells[first] for row in sheet.rows]
    if not values or not all(map(_PARTICIPANT.fullmatch, values)):
        raise BadTable(
            "This is no grading worksheet of Moodle's: its first column has no participants' numbers. In the "
            "assignment, choose Download grading worksheet (its settings must have offline grading on)."
        )
    return first


def _comments(sheet: Sheet, wanted: Wanted, done: Filled) -> str | None:
    if wanted.comments is None and not _found(sheet, _COMMENTS):
        done.remarks.append(
            "No column for comments is known in this worksheet, so none are in it: name it with --comments."
        )
        return None
    return filled.column(sheet, wanted.comments, _COMMENTS, "the comments (--comments)")


def _standing(
    row: Row, sheet: Sheet, identifier: str, students: Class, done: Filled
) -> Standing | None:
    """Return whose row it is, where a grade can be written into it; else note why not."""
    match = _PARTICIPANT.fullmatch(row.cells[identifier])
    assert match is not None
    name = told_apart(f"{row.cells[identifier]} {row.cells.get(sheet.columns[1], '')}".strip(), 80)
    keys = [(match[1], lms_ids)]
    keys += [(row.cells[each], own_ids) for each in _found(sheet, _NUMBER)]
    keys += [(row.cells[each], addresses) for each in _found(sheet, _EMAIL)]
    standing = students.find(keys, done, name)
    if standing is None:
        done.left_out.setdefault(name, "nothing of theirs is among the reports")
        return None
    most = next((filled.number(row.cells[each]) for each in _found(sheet, _MOST)), None)
    if standing.final is None:
        done.left_out[name] = filled.without_score(standing)
    elif most is not None and standing.final > most:
        done.left_out[name] = f"{standing.final:g} points are more than Moodle takes, {most:g}"
    elif any(row.cells[each].casefold() in _NO for each in _found(sheet, _MAY_CHANGE)):
        done.left_out[name] = "Moodle says that this grade cannot be changed"
    else:
        return standing
    return None


def _found(sheet: Sheet, names: Sequence[str]) -> list[str]:
    wanted = {name.casefold() for name in names}
    return [each for each in sheet.columns if each.casefold() in wanted]


def _dates(sheet: Sheet) -> list[str]:
    """Return the columns with the dates by which Moodle tells whether somebody else has graded since.

    Their names are translated: they are those in which there are times of day and nothing like a sum.
    """
    return [each for each in sheet.columns if all(_is_date(row.cells[each]) for row in sheet.rows)]


def _is_date(cell: str) -> bool:
    return cell in ("", "-") or bool(re.fullmatch(r"\w[^=@]*\d{1,2}[:.h]\d{2}[^=@]*", cell))


def _written(grade: float, row: Row, sheet: Sheet) -> str:
    """Return a grade with the decimal sign that this Moodle has."""
    shown = [row.cells[each] for each in _found(sheet, _MOST)]
    comma = any("," in cell and "." not in cell for cell in shown)
    return filled.points(grade).replace(".", ",") if comma else filled.points(grade)


def _is(before: str, value: str) -> bool:
    there, new = filled.number(before), filled.number(value)
    return before == value if there is None or new is None else abs(there - new) < 0.005


def _as_html(standing: Standing, wanted: Wanted) -> str:
    """Return our sentences as Moodle keeps comments: HTML, in which a student's words are text."""
    return "<br>".join(
        html.escape(spelled(line)) for line in filled.sentences(standing, wanted.shown)
    )
