"""Who is in the class: nbgrader's table of students, Canvas' gradebook, Moodle's worksheet or participants.

Which table it is follows from its columns. nbgrader's are fixed, Canvas' are English whatever the language of
the course; Moodle translates its own, so those are known by what stands in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.grades import tables
from autograder.grades.standing import Member
from autograder.grades.tables import BadTable, Row, Sheet
from autograder.plaintext import told_apart

_CANVAS = {"student", "id", "section"}
_PARTICIPANT = re.compile(r"\D*\s(\d+)")  # "Participant 123", "Teilnehmer/in 123"
_NAMES = {
    "first": {"first name", "firstname", "vorname", "prénom", "nombre", "nome", "voornaam", "fornavn"},
    "last": {"last name", "lastname", "surname", "nachname", "nom", "nom de famille", "apellido(s)",
             "apellidos", "cognome", "achternaam", "etternavn"},
    "full": {"full name", "fullname", "vollständiger name", "nom complet", "nombre completo",
             "nome completo", "volledige naam", "fullt navn"},
    "number": {"id number", "idnumber", "id-nummer", "matrikelnummer", "numéro d'identification",
               "número de id", "numero di identificazione", "student number"},
    "user": {"username", "user name", "anmeldename", "nom d'utilisateur", "nombre de usuario",
             "login"},
}  # fmt: skip


@dataclass(frozen=True)
class Roster:
    """The students of a class, and which kind of table said so."""

    kind: str
    members: tuple[Member, ...]

    def find(self, student: str) -> Member | None:
        """Return who has this id; letters that are composed otherwise (NFC, NFD) are the same letters."""
        return self._by_id.get(composed(student))

    @cached_property
    def _by_id(self) -> dict[str, Member]:
        return {composed(member.id): member for member in self.members}


def composed(name: str) -> str:
    """Return a name with its letters composed (NFC): however it came, it is the same name."""
    return unicodedata.normalize("NFC", name)


def read_roster(path: Path) -> Roster:
    """Return the roster in a file. Raises BadTable with a sentence that says what is wrong."""
    sheet = tables.read(path)
    columns = {column.casefold() for column in sheet.columns}
    if columns >= _CANVAS:
        kind, members = "Canvas", list(_canvas(sheet))
    elif "id" in columns and columns & {"first_name", "last_name", "email", "lms_user_id"}:
        kind, members = "nbgrader", list(_nbgrader(sheet))
    elif moodle := _moodle_columns(sheet):
        kind, members = "Moodle", [(row.line, _moodle(row, moodle)) for row in sheet.rows]
    elif columns == {"id"}:
        kind, members = "nbgrader", list(_nbgrader(sheet))
    else:
        raise BadTable(
            f"{path} is no table of students that is known here: its columns are "
            f"{', '.join(told_apart(c, 40) for c in sheet.columns[:8])}. Write id, first_name, last_name, "
            "email, lms_user_id, or take Canvas' gradebook or Moodle's grading worksheet as exported."
        )
    _refuse(path, members)
    return Roster(kind, tuple(member for _, member in members))


def _refuse(path: Path, members: Sequence[tuple[int, Member]]) -> None:
    """Raise BadTable where somebody has no id, or two are hardly told apart."""
    if not members:
        raise BadTable(f"{path} has no student below its first line.")
    seen: dict[str, int] = {}
    wrong = []
    for line, member in members:
        if not member.id:
            wrong.append(
                f"{path}, line {line}: there is no id in it. Write one, or remove the line."
            )
            continue
        if not _names_a_folder(member.id):
            wrong.append(
                f"{path}, line {line}: '{told_apart(member.id, 60)}' cannot be a folder's name, so it is no "
                "id for a student. Use letters, digits and signs that are seen, but no slash."
            )
        before = seen.setdefault(composed(member.id).casefold(), line)
        if before != line:
            wrong.append(
                f"{path}, line {line}: '{told_apart(member.id, 60)}' stands in line {before} already. "
                "Every student has one line and an id of their own."
            )
    if wrong:
        raise BadTable("\n".join(wrong))


def _names_a_folder(student: str) -> bool:
    """Tell whether nbgrader and any disk can have a folder of this name."""
    odd = {"/", "\\"} & set(student) or not student.isprintable() or student[0] in ".~"
    return not odd and len(student.encode(errors="replace")) <= 180


def _nbgrader(sheet: Sheet) -> Iterator[tuple[int, Member]]:
    for row in sheet.rows:
        cells = {column.casefold(): value for column, value in row.cells.items()}
        known = {
            key: cells.get(key, "") for key in ("first_name", "last_name", "email", "lms_user_id")
        }
        yield row.line, Member(composed(cells["id"]), **known)


def _canvas(sheet: Sheet) -> Iterator[tuple[int, Member]]:
    """Yield Canvas' students: the rows of points and of the test student have no id of a person."""
    for row in sheet.rows:
        cells = {column.casefold(): value for column, value in row.cells.items()}
        user, name = cells["id"], cells["student"]
        if not user or name.casefold() in ("student, test", "test student"):
            continue
        last, comma, first = name.partition(",")
        login = cells.get("sis login id", "")
        yield (
            row.line,
            Member(
                id=composed(login or user),
                first_name=first.strip() if comma else name,
                last_name=last.strip() if comma else "",
                email=login if "@" in login else "",
                lms_user_id=user,
            ),
        )


def _moodle_columns(sheet: Sheet) -> dict[str, str]:
    """Return which column is what in a table of Moodle's; nothing where it is none."""
    by_name = {column.casefold(): column for column in sheet.columns}
    found = {
        what: by_name[name] for what, names in _NAMES.items() for name in names if name in by_name
    }
    looks: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("identifier", _PARTICIPANT.fullmatch), ("email", re.compile(r"\S+@\S+").fullmatch),
    )  # fmt: skip
    for what, fits in looks:
        for column in sheet.columns:
            values = [row.cells[column] for row in sheet.rows]
            some = [value for value in values if value]
            if column not in found.values() and some and all(map(fits, some)) and (
                what == "email" or _is_identifier(some)
            ):  # fmt: skip
                found.setdefault(what, column)
    named = "full" in found or {"first", "last"} <= found.keys()
    if (
        "identifier" in found and not named
    ):  # Moodle's second column is the name, whatever it is called
        found.setdefault("full", sheet.columns[1])
    return (
        found if found.keys() & {"identifier", "email"} and (named or "identifier" in found) else {}
    )


def _is_identifier(values: Sequence[str]) -> bool:
    """Tell whether all say "Participant" in some language, each with a number of its own."""
    words = {value.rpartition(" ")[0] for value in values}
    return len(words) == 1 and len(set(values)) == len(values)


def _moodle(row: Row, columns: dict[str, str]) -> Member:
    def cell(what: str) -> str:
        return row.cells[columns[what]] if what in columns else ""

    number = _PARTICIPANT.fullmatch(cell("identifier"))
    participant = number[1] if number else ""
    first, last = cell("first"), cell("last")
    if not (first or last):
        first = cell("full")
    own = cell("user") or cell("number") or cell("email") or participant
    return Member(composed(own), first, last, cell("email"), participant)
