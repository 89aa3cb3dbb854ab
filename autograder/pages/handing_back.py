"""Where each student's own file goes when feedback is handed back, and the list for a mail merge."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.batch.store import file_name
from autograder.errors import UsageError
from autograder.grades.collected import TAKEN, shown
from autograder.pages.material import Material
from autograder.plaintext import one_line, spreadsheet_cell, told_apart

TABLE = "mail-merge.csv"
FILES, NBGRADER, MOODLE = LAYOUTS = "files", "nbgrader", "moodle"
ARCHIVE = "feedback.zip"
_MOODLE = "Moodle"  # as the table of what was collected calls it


@dataclass(frozen=True)
class Places:
    """Each student's file, and the students for whom there can be none under their name."""

    files: Mapping[str, Path]
    left_out: list[str]


def _file(student: str, assignment: str) -> Path | None:
    return Path(file_name(student, ".html"))


def _nbgrader(student: str, assignment: str) -> Path | None:
    """Return the place in nbgrader's feedback folder, where a student's folder has the student's name."""
    is_name = PurePosixPath(student).name == student and student not in ("", ".", "..")
    if not is_name or "\0" in student:
        return None
    return Path(student) / assignment / f"{assignment}.html"


def _moodle(material: Material) -> Callable[[str, str], Path | None]:
    """Return the places in Moodle's feedback zip: the folders that the download had."""
    folders = {
        entry.student: PurePosixPath(entry.file).parts[0]
        for entry in material.entries
        if entry.became == TAKEN
        and entry.layout == _MOODLE
        and len(PurePosixPath(entry.file).parts) > 1
    }

    def place(student: str, assignment: str) -> Path | None:
        name = folders.get(student) or folders.get(shown(student))
        is_name = name not in (None, "", "/", ".", "..")
        return Path(str(name)) / f"{assignment}.html" if is_name else None

    return place


def places(material: Material, folder: Path, layout: str) -> Places:
    """Return where the file of everybody who has a report goes, below `folder`.

    Raises UsageError for Moodle's layout where nothing says which folders the download had.
    """
    if layout == MOODLE and not any(entry.layout == _MOODLE for entry in material.entries):
        raise UsageError(
            "Moodle's feedback zip has the folders of its download, and nothing says which those were: "
            "collect that download, or name the table of what was collected with --collected."
        )
    place = {FILES: _file, NBGRADER: _nbgrader, MOODLE: _moodle(material)}[layout]
    found, left_out = {}, []
    for standing in material.standings:
        if standing.report is None:
            continue
        path = place(standing.student, material.assignment.name)
        if path is None:
            left_out.append(standing.student)
        else:
            found[standing.student] = folder / path
    return Places(found, left_out)


def zipped(files: Mapping[str, Path], folder: Path) -> bytes:
    """Return an archive of these files under their names below `folder`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files.values():
            archive.writestr(path.relative_to(folder).as_posix(), path.read_bytes())
    return content.getvalue()


def mail_merge(material: Material, places: Mapping[str, Path], folder: Path) -> str:
    """Return a table for a mail merge: who, to which address, which file, relative to `folder`."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["student", "first_name", "last_name", "email", "file"])
    for standing in material.standings:
        if standing.student not in places:
            continue
        member = standing.member
        names = (member.first_name, member.last_name, member.email) if member else ("", "", "")
        file = places[standing.student].relative_to(folder).as_posix()
        who = (told_apart(standing.student), *(one_line(name) for name in names), file)
        table.writerow([spreadsheet_cell(value) for value in who])
    return text.getvalue()
