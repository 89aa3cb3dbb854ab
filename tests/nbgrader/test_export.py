"""Claims about `nbgrader export` here: nbgrader's table, which a spreadsheet may open."""

from __future__ import annotations

import csv
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin

from autograder.course.folder import Course
from autograder.grades.standing import Member
from autograder.nbgrader.entry import entry
from autograder.nbgrader.gradebook import Book
from autograder.nbgrader.plain_export import PlainExport
from autograder.submission.assignment import load_assignment
from tests.helpers.grading import LIGHT
from tests.helpers.standings import standing


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory: pytest.TempPathFactory, light_course: Course) -> Path:
    """Ada, who was late, and ben, whose name is a formula with a comma; cleo handed in nothing."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    assignment = load_assignment(light_course)
    with Book(f"sqlite:///{path}", "", LIGHT) as book:
        book.prepare(nbformat.read(light_course.released, as_version=4))
        late = entry(assignment, standing("ada"), penalty=lambda score: 8.0)
        book.enter(late, None, lambda cell: False)
        named = standing("ben", member=Member("ben", "Ben", "=1+1,2"))
        book.enter(entry(assignment, named), None, lambda cell: False)
        book.enroll("cleo", Member("cleo", "Cleo"))
    return path


def exported(plugin: type, gradebook: Path, path: Path, **more: object) -> list[dict[str, str]]:
    """What a plugin writes."""
    with Gradebook(f"sqlite:///{gradebook}") as book:
        plugin(to=str(path), **more).export(book)
    return list(csv.DictReader(path.read_text().splitlines()))


def test_it_says_what_nbgraders_own_says(gradebook: Path, tmp_path: Path):
    """Of ada and cleo, whose names are plain, in the same columns."""
    ours = exported(PlainExport, gradebook, tmp_path / "ours.csv")
    theirs = exported(CsvExportPlugin, gradebook, tmp_path / "theirs.csv")
    plain = [row for row in theirs if row["student_id"] != "ben"]
    assert [row for row in ours if row["student_id"] != "ben"] == plain
    assert [(row["student_id"], row["score"]) for row in plain] == [
        ("ada", "72.0"),
        ("cleo", "0.0"),
    ]


def test_no_name_is_a_formula_or_two_cells(gradebook: Path, tmp_path: Path):
    """As it stands in the gradebook, with a quote before it."""
    (ben,) = exported(PlainExport, gradebook, tmp_path / "ours.csv", student=["ben"])
    assert (ben["last_name"], ben["score"]) == ("'=1+1,2", "80.0")
