"""Claims about classes of thirty as each LMS hands them out: everybody is found, and nobody is mixed up."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from autograder.collect import names
from autograder.course.folder import Course
from autograder.grades import collected as table
from autograder.grades.collected import TAKEN, UNPLACED
from autograder.report import Judgement
from tests.helpers.collecting import laid_out, rows, write
from tests.helpers.command import Run
from tests.helpers.fake_engine import FakeEngine, passing
from tests.helpers.lms import ASSIGNMENT, CLASSES, Class, notebook


def expected(made: Class) -> dict[str, str | None]:
    """What must be laid out, under names that any disk takes."""
    return {names.safe(student): text for student, text in made.expected.items()}


@pytest.mark.parametrize("as_archive", [True, False], ids=["zip", "folder"])
@pytest.mark.parametrize("layout", CLASSES)
def test_everybody_is_laid_out_and_every_entry_is_in_the_table(
    layout: str, as_archive: bool, small: Course, run: Run
):
    """With the layout's name; what could not be placed is named in the last lines, and makes status 3."""
    made = CLASSES[layout]()
    path = made.zipped(Path("class.zip")) if as_archive else made.unpacked(Path("class"))
    status, output, errors = run("collect", path)
    assert laid_out() == expected(made)
    assert status == (3 if made.unplaced else 0), errors
    assert f"Read as {made.layout}: {path}\n" in output
    became = Counter(row.became for row in rows())
    assert became[TAKEN] == len(made.expected)
    assert became[UNPLACED] == made.unplaced
    assert len(rows()) == len(made.expected) + made.passed
    assert (
        f"\n{len(rows())} entries found, {became[TAKEN]} laid out, {made.passed} passed over:\n"
        in output
    )
    listed = output.partition(" passed over:\n")[2].splitlines()
    assert len(listed) == made.passed
    assert {row.student for row in rows() if row.became == TAKEN} == {
        table.shown(student) for student in expected(made)
    }


@pytest.mark.parametrize("layout", CLASSES)
def test_grading_does_the_same_in_one_go(layout: str, small: Course, fake: FakeEngine, run: Run):
    """Everybody has a report on what they handed in, and the numbers add up."""
    made = CLASSES[layout]()
    graded: list[str] = []

    def behave(notebook: bytes, call: int) -> Judgement:
        graded.append(notebook.decode().partition('"source": "')[2].partition('"')[0])
        return passing()

    fake.behave = behave
    status, output, _ = run("grade", made.zipped(Path("class.zip")))
    assert status == (3 if made.unplaced else 0)
    texts = [text for text in made.expected.values() if text is not None]
    assert sorted(graded) == sorted(texts)
    rejected = len(made.expected) - len(texts)
    counts = f"{len(texts)} graded, {rejected} rejected, {made.passed} passed over:"
    assert f"\n{len(made.expected) + made.passed} entries found, {counts}\n" in output
    reports = {path.stem for path in Path(f"graded/{ASSIGNMENT}").glob("*.json")}
    assert len(reports) == len(made.expected)


@pytest.mark.parametrize("layout", ["moodle", "moodle before 4.1", "brightspace", "exchange"])
def test_a_loop_over_the_folders_of_a_class_mixes_nobody_up(
    layout: str, small: Course, fake: FakeEngine, run: Run
):
    """Each folder is known by its own name, also alone: thirty reports, not two."""
    made = CLASSES[layout]()
    folder = made.unpacked(Path("class"))
    students = [path for path in sorted(folder.iterdir()) if path.is_dir() and path.name[0] != "_"]
    for path in students:
        run("grade", path)
    reports = list(Path(f"graded/{ASSIGNMENT}").glob("*.json"))
    assert len(reports) == len(made.expected)


def test_collecting_twice_changes_nothing(small: Course, run: Run):
    """What lies there already is the same, so nothing is kept beside it."""
    path = CLASSES["brightspace"]().zipped(Path("class.zip"))
    run("collect", path)
    before = {file: file.read_bytes() for file in Path("submitted").rglob("*") if file.is_file()}
    kept = sorted(Path("collected").rglob("*"))
    run("collect", path)
    assert before == {f: f.read_bytes() for f in Path("submitted").rglob("*") if f.is_file()}
    assert sorted(Path("collected").rglob("*")) == kept


def test_names_in_nfd_are_the_same_students(small: Course, run: Run):
    """As a Mac packs the folders of a class."""
    made = CLASSES["folders"]()
    made.files = {unicodedata.normalize("NFD", name): data for name, data in made.files.items()}
    run("collect", made.zipped(Path("class.zip")))
    assert laid_out() == expected(made)


@pytest.mark.parametrize("layout", CLASSES)
def test_a_folder_around_everything_is_looked_through(layout: str, small: Course, run: Run):
    """As archives of a folder have it, with what a Mac puts beside."""
    made = CLASSES[layout]()
    made.files = {
        name if "__MACOSX" in name else f"submissions/{name}": data
        for name, data in made.files.items()
    }
    status, *_ = run("collect", made.zipped(Path("class.zip")))
    assert laid_out() == expected(made)
    assert status == (3 if made.unplaced else 0)
    assert len(rows()) == len(made.expected) + made.passed


def test_a_students_own_folders_do_not_make_it_another_layout(small: Course, run: Run):
    """One that is called as the assignment is no nbgrader's: the name that Moodle gave says more."""
    for number in (1, 2, 3):
        top = f"class/Ada Lovelace_{number}_assignsubmission_file"
        write(f"{top}/small/small.ipynb", notebook(str(number)))
    for path in ("class", "class/Ada Lovelace_2_assignsubmission_file"):
        status, output, _ = run("collect", path)
        assert status == 0
        assert f"Read as Moodle: {path}" in output
    assert laid_out() == {"1": "1", "2": "2", "3": "3"}
