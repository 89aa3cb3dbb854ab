"""Where each student's own file goes when feedback is handed back, and the list for a mail merge."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.batch.store import file_name
from autograder.outputs.csv import cell
from autograder.pages.material import Material
from autograder.plaintext import one_line, told_apart

TABLE = "mail-merge.csv"
FILES, NBGRADER = "files", "nbgrader"


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


LAYOUTS: dict[str, Callable[[str, str], Path | None]] = {FILES: _file, NBGRADER: _nbgrader}


def places(material: Material, folder: Path, layout: str) -> Places:
    """Return where the file of everybody who has a report goes, below `folder`."""
    found, left_out = {}, []
    for standing in material.standings:
        if standing.report is None:
            continue
        path = LAYOUTS[layout](standing.student, material.assignment.name)
        if path is None:
            left_out.append(standing.student)
        else:
            found[standing.student] = folder / path
    return Places(found, left_out)


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
        table.writerow([cell(value) for value in who])
    return text.getvalue()
