"""Claims about archives that nobody vouches for: each gets a sentence, and the others of the class go on."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.collect import archive, names
from autograder.collect.tree import MAX_ENTRIES, NotTaken, Unreadable
from autograder.course.folder import Course
from autograder.grades.collected import TAKEN, UNPLACED
from tests.helpers.collecting import laid_out, rows, write
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.lms import notebook, packed

GOOD = "good_7_assignsubmission_file/small.ipynb"
BAD = "bad_8_assignsubmission_file"


def entry(name: str, mode: int = 0) -> zipfile.ZipInfo:
    """An entry with permissions of its own."""
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def class_with(path: Path, *entries: tuple[zipfile.ZipInfo, bytes]) -> Path:
    """Moodle's archive of one good student, and these entries beside."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr(GOOD, notebook("good"))
        for info, content in entries:
            info.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(info, content)
    return path


def patched(path: Path, name: bytes, offset: int, value: bytes) -> Path:
    """Change an entry in the archive's list: `offset` counts from the beginning of its record."""
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(name))
    content[place + offset : place + offset + len(value)] = value
    path.write_bytes(content)
    return path


def encrypted(path: Path) -> Path:
    """An entry that says that it is encrypted."""
    class_with(path, (entry(f"{BAD}/small.ipynb"), b"x"))
    return patched(path, BAD.encode(), 8, struct.pack("<H", 1))


def broken(path: Path) -> Path:
    """An entry whose bytes are not what their checksum says."""
    class_with(path, (entry(f"{BAD}/small.ipynb"), notebook("bad")))
    return patched(path, BAD.encode(), 16, b"\x01\x02\x03\x04")


def lzma(path: Path) -> Path:
    """An entry that says that it is packed with LZMA."""
    class_with(path, (entry(f"{BAD}/small.ipynb"), notebook("bad")))
    return patched(path, BAD.encode(), 10, struct.pack("<H", zipfile.ZIP_LZMA))


HOSTILE = {
    "a path that leaves": (
        lambda path: class_with(path, (entry(f"{BAD}/../../../small.ipynb"), b"x")),
        "leads out of the archive",
    ),
    "a link": (
        lambda path: class_with(
            path, (entry(f"{BAD}/small.ipynb", stat.S_IFLNK | 0o777), b"/etc/passwd")
        ),
        "is a link",
    ),
    "a device": (
        lambda path: class_with(path, (entry(f"{BAD}/small.ipynb", stat.S_IFCHR | 0o666), b"")),
        "no ordinary file",
    ),
    "a bomb": (
        lambda path: class_with(path, (entry(f"{BAD}/small.ipynb"), bytes(2**24))),
        "as a zip bomb does",
    ),
    "an encrypted entry": (encrypted, "is encrypted"),
    "a damaged entry": (broken, "is damaged"),
    "an archive within an archive within an archive": (
        lambda path: class_with(
            path, (entry(f"{BAD}/a.zip"), packed({"b.zip": packed({"small.ipynb": b"x"})}))
        ),
        "an archive within an archive",
    ),
    "no archive": (
        lambda path: class_with(path, (entry(f"{BAD}/a.zip"), b"PK\x03\x04 not quite")),
        "no zip archive",
    ),
    "a method that takes memory as it likes": (lzma, "packed by method 14"),
    "another kind of archive": (
        lambda path: class_with(path, (entry(f"{BAD}/a.rar"), b"Rar!")),
        "Only zip archives",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_entry_is_a_sentence_and_the_others_go_on(
    what: str, small: Course, fake: FakeEngine, run: Run
):
    """Its student is rejected and reads why; nothing is written anywhere else."""
    make, said = HOSTILE[what]
    make(Path("class.zip"))
    before = set(Path.cwd().parent.iterdir())
    status, output, _ = run("grade", "class.zip")
    assert status == 0
    assert "2 entries found, 1 graded, 1 rejected, 0 passed over." in output
    assert laid_out() == {"7": "good", "8": None}
    (row,) = (row for row in rows("graded/small") if row.student == "8")
    assert said in row.why
    assert "8: rejected: There is no notebook in this submission." in output
    assert said in output
    assert set(Path.cwd().parent.iterdir()) == before
    assert not any(path.is_symlink() for path in Path("submitted").rglob("*"))


@pytest.mark.parametrize(
    "name", ["../evil.ipynb", "/etc/evil.ipynb", "C:\\evil.ipynb", "..\\evil.ipynb"]
)
def test_a_path_that_leaves_is_nobodys(name: str, small: Course, run: Run):
    """It is listed, a person must look, and nothing is written there."""
    class_with(Path("class.zip"), (entry(name), notebook("evil")))
    status, output, _ = run("collect", "class.zip")
    assert status == 3
    assert laid_out() == {"7": "good"}
    assert "leads out of the archive" in output
    assert not list(Path.cwd().parent.glob("evil*"))


def test_one_path_twice_with_other_content_is_not_chosen_from(small: Course, run: Run):
    """Programs differ in which of the two they show."""
    with pytest.warns(UserWarning, match="Duplicate"):
        class_with(
            Path("class.zip"),
            (entry(f"{BAD}/small.ipynb"), notebook("one")),
            (entry(f"{BAD}/small.ipynb"), notebook("other")),
        )
    run("collect", "class.zip")
    assert laid_out() == {"7": "good", "8": None}
    (row,) = (row for row in rows() if row.student == "8")
    assert "more than once" in row.why


def zeros(count: int) -> bytes:
    """An archive of many empty entries, without the time that writing them would take."""
    record = struct.Struct("<4s6H3L5H2L")
    one = record.pack(b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    return one * count + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, len(one) * count, 0, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zeros(MAX_ENTRIES + 1), f"more than {MAX_ENTRIES} entries"),
        (zeros(1_500_000), "its list alone has"),
        (b"", "no zip archive"),
        (b"PK\x05\x06 not at all", "no zip archive"),
        (packed({"a": b"x"})[:-10], "no zip archive"),
    ],
    ids=["many", "a million", "empty", "garbage", "cut off"],
)
def test_an_archive_that_is_refused_as_a_whole_is_one_sentence(
    content: bytes, said: str, small: Course, run: Run
):
    """With status 2, and nothing is laid out."""
    write("class.zip", content)
    status, output, errors = run("collect", "class.zip")
    assert (status, output) == (2, "")
    assert is_one_sentence(errors)
    assert said in errors
    assert laid_out() == {}


def test_one_of_several_archives_that_cannot_be_opened_stops_nobody_else(small: Course, run: Run):
    """It is listed with its sentence, and the exit status says that somebody must look."""
    write("ada.zip", packed({"small.ipynb": notebook("ada")}))
    write("bob.zip", b"PK\x03\x04 cut off")
    Path("carl").mkdir()
    status, output, _ = run("collect", "ada.zip", "bob.zip", "carl")
    assert status == 3
    assert laid_out() == {"ada": "ada"}
    assert "\n  bob.zip: to be looked at: This is no zip archive that can be opened" in output
    assert "\n  carl: to be looked at: carl holds no submission" in output


def test_entries_that_share_their_bytes_are_a_bomb(small: Course, run: Run):
    """Each alone is small; together they would be many times the archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as written:
        written.writestr("a_1_assignsubmission_file/small.ipynb", bytes(100_000))
        (info,) = written.infolist()
        for number in range(2, 50):
            other = entry(f"a_{number}_assignsubmission_file/small.ipynb")
            other.header_offset, other.CRC = info.header_offset, info.CRC
            other.compress_size = other.file_size = info.file_size
            written.filelist.append(other)
            written.NameToInfo[other.filename] = other
    write("class.zip", content.getvalue())
    status, _, errors = run("collect", "class.zip")
    assert status == 2
    assert "share their bytes" in errors


def test_reading_an_archive_keeps_none_of_it_in_memory(tmp_path: Path):
    """What is read comes in pieces, as many bytes as are asked for."""
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"small.ipynb": bytes(300_000)}))
    (file,) = archive.read_archive(path).files
    assert [len(piece) for piece in archive.pieces(file, 100_000)] == [65536, 34464]


def test_a_notebook_that_is_too_large_is_there_and_refused(
    small: Course, fake: FakeEngine, run: Run, monkeypatch: pytest.MonkeyPatch
):
    """Its student reads it as a sentence; no more of it than it takes to see that is written."""
    monkeypatch.setattr("autograder.collect.lay_out.MAX_NOTEBOOK", 1000)
    monkeypatch.setattr("autograder.batch.discover.MAX_NOTEBOOK", 1000)
    class_with(Path("class.zip"), (entry(f"{BAD}/small.ipynb"), notebook("x" * 5000)))
    _, output, _ = run("grade", "class.zip")
    assert Path("submitted/8/small/small.ipynb").stat().st_size == 1001
    assert "8: rejected: This notebook is larger than" in output


def test_links_and_what_cannot_be_read_are_named_in_folders_too(small: Course, run: Run):
    """A link in a student's folder leads nowhere."""
    write(f"class/{GOOD}", notebook("good"))
    Path(f"class/{BAD}").mkdir()
    Path(f"class/{BAD}/small.ipynb").symlink_to(Path(f"class/{GOOD}").resolve())
    run("collect", "class")
    assert laid_out() == {"7": "good", "8": None}
    assert {row.student: row.why for row in rows() if row.became == TAKEN}["8"].endswith(
        "It is a link, not a file, and is not followed."
    )
    assert not [row for row in rows() if row.became == UNPLACED]


def test_names_in_a_students_archive_take_each_others_place_on_no_disk(small: Course, run: Run):
    """A file and a folder of one name, names that differ by case, and a time that the student wrote."""
    mine = {"small.ipynb": notebook("ada"), "data": b"1", "data/a.csv": b"2", "DATA/A.csv": b"3",
            "timestamp.txt": b"2020-01-01 00:00:00 UTC", "x/" * 40 + "deep.csv": b"4"}  # fmt: skip
    write("class/Ada_1_assignsubmission_file/all.zip", packed(mine))
    Path("class/Ben_2_assignsubmission_file").mkdir()
    assert run("collect", "class")[0] == 0
    folder = Path("submitted/1/small")
    found = list(folder.rglob("*"))
    assert len({names.alike(path.relative_to(folder).as_posix()) for path in found}) == len(found)
    assert sorted(path.read_bytes() for path in found if path.is_file()) == sorted(mine.values())
    assert not (folder / "timestamp.txt").exists()
    assert {row.student: row.why for row in rows()}["2"] == "This folder is empty."


WHOLE = packed({GOOD: notebook("good"), f"{BAD}/data.csv": b"1,2\n" * 50})


@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=6),
       st.integers(0, len(WHOLE)))  # fmt: skip
def test_no_bytes_make_reading_an_archive_fail_otherwise_than_in_a_sentence(
    changes: list[tuple[int, int]], kept: int
):
    """Bytes changed anywhere, or cut off: each entry can be read, or there is a sentence."""
    content = bytearray(WHOLE)
    for place, value in changes:
        content[place] = value
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(content[: max(kept, len(WHOLE) // 2)] if kept % 3 else content)
        file.flush()
        try:
            files = archive.read_archive(Path(file.name)).files
        except NotTaken:
            return
        for each in files:
            if not each.refusal:
                with contextlib.suppress(Unreadable):
                    assert sum(map(len, archive.pieces(each))) == each.size
