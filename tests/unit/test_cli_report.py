"""Claims about `autograder report` as a person meets it: what it writes, what it names, its exit status."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest

from autograder.batch.store import Store
from autograder.grades import collected
from autograder.grades.collected import TAKEN, Entry
from tests.helpers import paged_class
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.paged_class import PagedClass

SOURCE = "def discount_rewards(rewards, gamma):\n    return rewards"
FOLDER = Path("graded") / "small"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PagedClass:
    """A course in which two handed in and were graded; of one the notebook is not there any more."""
    monkeypatch.chdir(tmp_path)
    made = paged_class.lay_out(tmp_path)
    made.add("ada", SOURCE)
    made.add("bob")
    store = Store(FOLDER)
    for each in made.people:
        assert each.report is not None
        store.write(each.report)
    return made


def test_a_folder_with_a_page_for_the_class_and_for_each_student(made: PagedClass, run: Run):
    """And says whose code is not in it."""
    status, output, errors = run("report")
    assert status == 0
    assert "graded/small/pages/index.html: the class, and a page for each of 2 students" in output
    assert "the notebook that was graded was not found: bob." in errors
    pages = FOLDER / "pages"
    assert {path.name for path in (pages / "students").iterdir()} == {"ada.html", "bob.html"}
    for table in (pages / "tables").iterdir():
        with table.open(newline="") as file:
            head, *rows = csv.reader(file)
            assert all(len(row) == len(head) for row in rows)
    names = {path.name for path in (pages / "tables").iterdir()}
    assert {f'href="tables/{name}"' in (pages / "index.html").read_text() for name in names} == {
        True
    }


def test_the_roster_tells_who_has_not_handed_in(made: PagedClass, run: Run, tmp_path: Path):
    """They have a row and a page, too; what was decided by hand is in all of them."""
    roster = tmp_path / "roster.csv"
    roster.write_text(
        "id,first_name,last_name,email\nada,Ada,Lovelace,a@b.c\nzoe,Zoe,<b>Z</b>,z@b.c\n"
    )
    (tmp_path / "decisions.csv").write_text("student,exercise,points,reason\nada,why,3,Well said\n")
    status, _, _ = run("report", "--roster", roster)
    index = (FOLDER / "pages" / "index.html").read_text()
    assert status == 0
    assert "<b>2</b> of 3 students handed in." in " ".join(index.split())
    assert "Zoe &lt;b&gt;Z&lt;/b&gt;" in index
    ada = (FOLDER / "pages" / "students" / "ada.html").read_text()
    assert "Ada Lovelace" in ada
    assert "3 points. Well said" in ada
    assert "Nothing was handed in." in (FOLDER / "pages" / "students" / "zoe.html").read_text()


def test_moodles_zip_has_the_folders_of_its_download(made: PagedClass, run: Run, tmp_path: Path):
    """And a student for whom no folder is known is named."""
    table = tmp_path / "collected.csv"
    collected.write(
        table, [Entry("ada", "Ada L_17_assignsubmission_file/small.ipynb", TAKEN, layout="Moodle")]
    )
    status, _, errors = run(
        "report", "--for", "students", "--layout", "moodle", "--collected", table
    )
    assert status == 0
    assert "got no page: bob." in errors
    with zipfile.ZipFile(FOLDER / "feedback" / "feedback.zip") as archive:
        assert archive.namelist() == ["Ada L_17_assignsubmission_file/small.html"]


def test_nbgraders_feedback_lies_where_nbgrader_releases_it(made: PagedClass, run: Run):
    """In the course's folder of feedback."""
    assert run("report", "--for", "students", "--layout", "nbgrader")[0] == 0
    assert Path("feedback/ada/small/small.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "elsewhere"), "run 'autograder grade'"),
        (("nowhere",), "does not exist"),
        (("--for", "students", "--layout", "moodle"), "--collected"),
    ],
    ids=["no reports", "no submissions", "no table"],
)
def test_what_is_missing_is_one_sentence_and_status_2(
    arguments: tuple[str, ...], said: str, made: PagedClass, run: Run
):
    """It says what to do."""
    status, _, errors = run("report", *arguments)
    assert status == 2
    assert is_one_sentence(errors.splitlines(keepends=True)[-1])
    assert said in errors
