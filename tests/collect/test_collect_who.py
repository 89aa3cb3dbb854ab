"""Claims about who a student is: by the roster or by the LMS's own id, and never by a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.collect import names
from autograder.course.folder import Course
from autograder.grades.collected import PASSED_OVER, TAKEN, UNPLACED
from tests.helpers.collecting import laid_out, rows, write
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.lms import notebook, packed

ROSTER = "id,first_name,last_name,email,lms_user_id\n"


def roster(*lines: str) -> Path:
    """A roster with these lines."""
    return write("students.csv", ROSTER + "".join(f"{line}\n" for line in lines))


def test_the_lms_id_leads_to_the_id_of_the_roster(small: Course, run: Run):
    """Whoever is missing is listed, and so is who is not on it; both of one name are told apart."""
    for number in (1, 2, 3):
        write(f"class/lovelaceada_{number}_9{number}_small.ipynb", notebook(f"canvas {number}"))
    known = roster("ada,Ada,Lovelace,,1", "ada2,Ada,Lovelace,,2", "zoe,Zoë,Zed,,4")
    status, output, _ = run("collect", "class", "--roster", known)
    assert status == 0
    assert laid_out() == {"ada": "canvas 1", "ada2": "canvas 2", "3": "canvas 3"}
    assert "\nNot handed in: zoe.\n" in output
    assert "\nNot on the roster: 3.\n" in output


def test_a_name_that_two_of_the_roster_have_is_nobody(small: Course, run: Run):
    """Both are named; whoever is alone with a name is found by it, in whatever order it stands."""
    for name in ("Ada Lovelace", "Okafor, Ben"):
        write(f"class/{name}/small.ipynb", notebook(name))
    known = roster("ada,Ada,Lovelace,,", "ada2,Ada,Lovelace,,", "ben,Ben,Okafor,,")
    status, output, errors = run("collect", "class", "--roster", known)
    assert status == 3
    assert laid_out() == {"ben": "Okafor, Ben"}
    assert (
        "to be looked at: It may be of more than one on the roster: ada (Ada Lovelace), ada2"
        in output
    )
    assert "1 entry could not be placed" in errors


def test_moodles_number_of_another_assignment_is_noticed(small: Course, run: Run):
    """It is somebody else there; the name says so, and nobody gets another's grade."""
    write("class/Ben Okafor_17_assignsubmission_file/small.ipynb", notebook("ben"))
    write("class/Lovelace Ada_18_assignsubmission_file/small.ipynb", notebook("ada"))
    known = roster("ada,Ada,Lovelace,,18", "carl,Carl,Smith,,17")
    status, output, _ = run("collect", "class", "--roster", known)
    assert status == 3
    assert laid_out() == {"ada": "ada"}
    assert "is it the roster of this very assignment?" in output


def test_an_id_that_is_somebody_elses_on_the_roster_is_not_taken(small: Course, run: Run):
    """A user id of Canvas may be a number of the university."""
    write("class/okaforben_17_1_small.ipynb", notebook("ben"))
    status, output, _ = run("collect", "class", "--roster", roster("17,Ada,Lovelace,,99"))
    assert status == 3
    assert laid_out() == {}
    assert "is on the roster the id of somebody else, Ada Lovelace" in output


@pytest.mark.parametrize(
    "pair",
    [("Zo\u00eb", "Zoe\u0308"), ("ada", "Ada")],
    ids=["NFC", "case"],
)
def test_names_that_a_disk_takes_for_one_are_listed_and_not_chosen_from(
    pair: tuple[str, str], small: Course, run: Run
):
    """Neither overwrites the other; everybody else goes on."""
    write("class.zip", packed({f"{name}.ipynb": notebook(name) for name in (*pair, "carl")}))
    status, output, _ = run("collect", "class.zip")
    assert status == 3
    assert laid_out() == {"carl": "carl"}
    assert [row.became for row in rows()].count(UNPLACED) == 2
    assert output.count("to be looked at") == 2


def test_two_attempts_of_which_the_last_is_not_known_are_both_listed(small: Course, run: Run):
    """In two downloads, say, without a time; where both are the same, it is one."""
    write(
        "a.zip", packed({"x_1_2_small.ipynb": notebook("one"), "y_2_3_small.ipynb": notebook("y")})
    )
    write(
        "b.zip", packed({"x_1_9_small.ipynb": notebook("two"), "y_2_3_small.ipynb": notebook("y")})
    )
    status, output, _ = run("collect", "a.zip", "b.zip")
    assert status == 3
    assert laid_out() == {"2": "y"}
    assert "neither a time nor a number says which came last" in output


def test_the_last_attempt_counts_and_the_earlier_one_is_kept(small: Course, run: Run):
    """Also where it was collected on another day; what is older than what lies there changes nothing."""
    top = "12-34 - Ada Lovelace - Nov {}, 2026 1005 AM/small.ipynb"
    write("one.zip", packed({top.format(3): notebook("third"), top.format(2): notebook("second")}))
    write("two.zip", packed({top.format(5): notebook("fifth")}))
    write("old.zip", packed({top.format(1): notebook("first")}))
    run("collect", "one.zip")
    assert laid_out() == {"12": "third"}
    assert [(r.became, r.attempt) for r in rows()] == [(PASSED_OVER, 1), (TAKEN, 2)]
    run("collect", "two.zip")
    assert laid_out() == {"12": "fifth"}
    run("collect", "old.zip")
    assert laid_out() == {"12": "fifth"}
    (row,) = rows()
    assert "a later one is there already" in row.why
    kept = {path.read_text() for path in Path("collected/small/12").rglob("*.ipynb")}
    assert kept == {notebook(text).decode() for text in ("first", "second", "third")}


def test_one_students_archive_has_the_name_that_is_clear(small: Course, run: Run):
    """The archive's own, unless a folder or the notebook in it has another one; a roster may know which."""
    write("ada.zip", packed({"small.ipynb": notebook("ada")}))
    write("class.zip", packed({"ben.ipynb": notebook("ben")}))
    write("carl.zip", packed({"work/small.ipynb": notebook("carl")}))
    assert run("collect", "ada.zip")[0] == 0
    for path, asked in (("class.zip", "'class' or 'ben'?"), ("carl.zip", "'carl' or 'work'?")):
        status, output, _ = run("collect", path)
        assert status == 3
        assert f"Whose it is is not clear: {asked}" in output
    assert laid_out() == {"ada": "ada"}
    known = roster("ben,,,,", "carl,,,,")
    assert run("collect", "class.zip", "carl.zip", "--roster", known)[0] == 0
    assert laid_out() == {"ada": "ada", "ben": "ben", "carl": "carl"}


def test_a_second_download_of_a_notebook_is_the_same_students(small: Course, run: Run):
    """Both lie in one folder; which of them was worked on is seen where it is graded."""
    write("class.zip", packed({f"{n}.ipynb": notebook(n) for n in ("ada", "ada (1)", "ben")}))
    assert run("collect", "class.zip")[0] == 0
    assert {path.name for path in Path("submitted/ada/small").iterdir()} == {
        "ada.ipynb",
        "ada~2.ipynb",
    }


def test_nbgraders_downloads_are_the_archives_in_them(small: Course, run: Run):
    """As `nbgrader zip_collect` is given them; what it made of them is not collected twice."""
    archive = packed({f"x_{n}_9_small.ipynb": notebook(str(n)) for n in (1, 2)})
    write("downloaded/small/archive/submissions.zip", archive)
    write("downloaded/small/extracted/submissions/x_1_9_small.ipynb", notebook("1"))
    assert run("collect", "downloaded")[0] == 0
    assert laid_out() == {"1": "1", "2": "2"}


def test_a_pair_of_gradescopes_shares_one_submission(small: Course, fake: FakeEngine, run: Run):
    """Both are in scores.csv, also the one in whose name nothing was handed in."""
    people = "".join(f"  - :name: {n}\n    :sid: {n}\n    :email: {n}@u\n" for n in ("ada", "ben"))
    about = f"submission_1:\n  :submitters:\n{people}  :created_at: 2026-11-03 10:00:00 Z\n"
    write("e/submission_metadata.yml", about)
    write("e/submission_1/small.ipynb", notebook("both"))
    status, _, _ = run("grade", "e")
    assert status == 0
    lines = Path("graded/small/scores.csv").read_text().splitlines()
    assert [line.split(",")[0] for line in lines] == ["student", "ada", "ben"]
    assert "Handed in by ada for the group" in lines[2]
    run("export", "csv", "--to", "again.csv")
    assert Path("again.csv").read_text().splitlines() == lines


def test_gradescopes_ids_are_text_whatever_they_look_like(small: Course, run: Run):
    """0123 is no 83, and no path leads anywhere."""
    ids = ("0123", "83", "1e3", "../../up", "no")
    about = "".join(
        f"submission_{i}:\n  :submitters:\n  - :sid: {sid}\n" for i, sid in enumerate(ids)
    )
    write("e/submission_metadata.yml", about)
    for number, sid in enumerate(ids):
        write(f"e/submission_{number}/small.ipynb", notebook(sid))
    assert run("collect", "e")[0] == 0
    assert laid_out() == {names.safe(sid): sid for sid in ids}
    assert not list(Path.cwd().parent.rglob("up"))


@pytest.mark.parametrize(
    "metadata",
    [
        "submission_1: [",
        "!!python/object:os.system {}",
        "- 1",
        "submission_1:\n  :submitters: 3\n",
        "",
    ],
)
def test_metadata_that_say_nothing_are_a_sentence(metadata: str, small: Course, run: Run):
    """No object is made, nobody is guessed."""
    write("e/submission_metadata.yml", metadata)
    write("e/submission_1/small.ipynb", notebook("x"))
    status, output, _ = run("collect", "e")
    assert status == 3
    assert "submission_metadata.yml" in output
    assert laid_out() == {}


def test_a_bad_roster_stops_before_anything_is_laid_out(small: Course, run: Run):
    """One sentence, and which line."""
    write("class/x_1_2_small.ipynb", notebook("x"))
    status, _, errors = run("collect", "class", "--roster", roster("ada,,,,", "Ada,,,,"))
    assert status == 2
    assert is_one_sentence(errors)
    assert "line 3" in errors
    assert laid_out() == {}
