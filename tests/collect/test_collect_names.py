"""Claims about names of every kind: no two of them become one on any disk, and none hides in a table."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
import zipfile
from datetime import UTC
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.collect import names
from autograder.collect.identify import identify
from autograder.collect.layouts import canvas, moodle
from autograder.collect.piece import Asked, Piece, Who
from autograder.collect.tree import File, Tree
from autograder.course.folder import Course
from autograder.grades import collected as table
from autograder.grades.collected import TAKEN, Entry
from autograder.grades.roster import Roster
from autograder.grades.standing import Member
from tests.helpers.command import Run
from tests.helpers.lms import notebook

ODD = "\x00\x07\x1b\n\t\r\u200b\u200f\u202e\u2066\ufeff\u2028\ue000\ud800/\\:%=+-@.~ é\u0301ß\u017f"
NAMES = st.text(st.one_of(st.sampled_from(ODD), st.characters()), min_size=1, max_size=90)
FILE_NAMES = st.text(
    st.characters(blacklist_characters="/\\\x00", blacklist_categories=["Cs"]),
    min_size=1,
    max_size=40,
)


@given(NAMES)
def test_a_safe_name_is_one_that_any_disk_takes(name: str):
    """Short enough, without a path in it, visible, and the same when it is made safe in NFD."""
    safe = names.safe(name)
    assert 0 < len(safe.encode()) <= 200
    assert safe not in (".", "..")
    assert not set(safe) & set('/\\:*?"<>|\0')
    assert all(unicodedata.category(c)[0] != "C" for c in safe)
    assert safe == safe.strip()
    assert not safe.startswith(".")
    assert names.safe(unicodedata.normalize("NFD", name)) == safe


@given(NAMES, NAMES)
def test_different_names_stay_different(one: str, other: str):
    """Unless they are the same letters, composed otherwise."""
    if unicodedata.normalize("NFC", one) != unicodedata.normalize("NFC", other):
        assert names.safe(one) != names.safe(other)


@given(st.lists(NAMES, max_size=12))
def test_files_of_one_folder_never_take_each_others_place(several: list[str]):
    """Neither on a disk that ignores case, nor on one that composes letters."""
    taken: set[str] = set()
    for name in several:
        unused = names.unused(names.safe(name), taken)
        assert names.alike(unused) not in taken
        taken.add(names.alike(unused))


@given(st.sampled_from(["", " (1)", "(12)"]), st.sampled_from([".ipynb", ".IPYNB", ".Ipynb"]),
       st.sampled_from(["", ".txt", ".json", " (2)", " (2).txt", ".json.txt"]), FILE_NAMES)  # fmt: skip
def test_what_browsers_add_is_no_part_of_a_notebooks_name(
    before: str, ending: str, after: str, stem: str
):
    """In any order; what is no notebook stays none."""
    whole = names.notebook_stem(f"{stem}{before}{ending}{after}")
    assert whole is not None
    assert stem.startswith(whole) or whole == stem
    assert names.notebook_stem(f"{stem}.pdf") is None


def entries(tops: list[str]) -> Tree:
    """Files with these names."""
    return Tree("class", tuple(File(PurePosixPath(top), top) for top in tops))


ASKED = Asked("small", UTC)


@given(st.integers(1, 10**9), st.integers(1, 10**9), FILE_NAMES)
def test_no_file_name_makes_canvas_files_another_students(user: int, attachment: int, file: str):
    """Whatever a student calls it, numbers and all."""
    tree = entries([f"lovelaceada_{user}_{attachment}_{file}"])
    for piece in canvas.found(tree, ASKED):
        assert isinstance(piece, Piece)
        assert piece.who.id == str(user)


@given(st.integers(1, 10**9), FILE_NAMES.filter(lambda name: name[0] != "."))
def test_no_file_name_makes_moodles_files_another_students(participant: int, file: str):
    """Neither in a folder nor flat."""
    top = f"Ada Lovelace_{participant}_assignsubmission_file"
    for tree in (entries([f"{top}_{file}"]), entries([f"{top}/{file}"])):
        (piece,) = moodle.found(tree, ASKED)
        assert isinstance(piece, Piece)
        assert (piece.who.id, piece.who.name) == (str(participant), "Ada Lovelace")


@given(NAMES, NAMES)
def test_no_name_steers_or_breaks_the_table(student: str, file: str):
    """A row is a row, no cell is a formula, and nothing in it is invisible."""
    text = io.StringIO()
    csv.writer(text).writerow(table.cells(Entry(student, file, TAKEN)))
    (row,) = csv.reader(io.StringIO(text.getvalue(), newline=""))
    for cell in row:
        assert not unicodedata.normalize("NFKC", cell).lstrip().startswith(("=", "+", "-", "@"))
        assert all(c.isprintable() or unicodedata.category(c) == "Zs" for c in cell)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(several=st.lists(FILE_NAMES, min_size=1, max_size=8, unique=True))
def test_whatever_students_are_called_each_has_their_own_or_is_listed(
    several: list[str], small: Course, run: Run, tmp_path_factory: pytest.TempPathFactory
):
    """All folders of a class are laid out or named; what is laid out holds its own student's work."""
    here = tmp_path_factory.mktemp("class")
    with zipfile.ZipFile(here / "class.zip", "w") as archive:
        for name in (*several, "somebody 1", "somebody 2"):
            archive.writestr(f"{name}/small.ipynb", notebook(name))
    run("collect", here / "class.zip", "--submitted", here / "submitted")
    found = table.read(here / "collected" / "small" / "collected.csv")
    told = {
        json.loads(path.read_text("utf-8"))["cells"][0]["source"]: path.parent.parent.name
        for path in Path(here / "submitted").glob("*/small/small.ipynb")
    }
    assert len(told) == sum(entry.became == TAKEN for entry in found)
    for text, folder in told.items():
        assert folder == names.safe(text.strip("/"))
    unseen = [name for name in several if name not in told]
    assert len([entry for entry in found if entry.became != TAKEN]) >= len(unseen)


PEOPLE = st.builds(
    Who,
    id=st.sampled_from(["", "", "1", "2", "ada", "Ada"]),
    name=st.sampled_from(["Ada Lovelace", "Lovelace, Ada", "ada", "ADA", "Zoë", "Zoe\u0308", "1"]),
    local=st.booleans(),
)
MEMBERS = st.builds(
    Member,
    id=st.sampled_from(["ada", "zoë", "1", "x1"]),
    first_name=st.sampled_from(["", "Ada", "Zoë"]),
    last_name=st.sampled_from(["", "Lovelace"]),
    lms_user_id=st.sampled_from(["", "1", "2"]),
)


@given(
    st.lists(PEOPLE, max_size=6),
    st.lists(MEMBERS, max_size=4, unique_by=lambda member: member.id),
)
def test_whoever_is_placed_is_nobody_else(people: list[Who], members: list[Member]):
    """No two of a class become one, and nobody gets an id that is another's on the roster."""
    by_key = {("a layout", who.key): who for who in people}
    found = identify(by_key, Roster("nbgrader", tuple(members)))
    placed = [identity for identity in found.values() if not identity.why]
    assert len({names.alike(each.student) for each in placed}) == len(placed)
    for each in placed:
        same = [m for m in members if names.alike(m.id) == names.alike(each.student)]
        assert same == ([each.member] if each.member else [])
