"""Claims about reports on disk: one per student, whole or not at all, whatever a student is called."""

import json
import multiprocessing
import os
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticSerializationError

from autograder import report
from autograder.batch.store import Store
from autograder.errors import AutograderError
from autograder.report import Report
from tests.helpers.fake_engine import passing, whole

ODD_NAMES = [
    "ada", "a/b", "../../etc/passwd", "..", ".", "", "a b", "CON", "a\x00b", "new\nline", "%2E", "_",
    "陳" * 80, "陳" * 79 + "大", os.fsdecode(b"caf\xe9"), "<script>", "-rf", "x" * 250,
]  # fmt: skip


def content(student: str, **more: Any) -> Report:
    """A whole report."""
    return whole(passing(), student, **more)


def as_json(content: Report, **changes: Any) -> str:
    """A report's text, with keys that are changed, or taken away where they are None."""
    changed = json.loads(report.write(content)) | changes
    return json.dumps({key: value for key, value in changed.items() if value is not None})


DAMAGED = {
    "empty": "",
    "half": report.write(content("half"))[:-20],
    "list": "[]",
    "number": "1",
    "other": "{}",
    "deep": "[" * 100_000,
    "older": as_json(content("older"), schema=1),
    "poorer": as_json(content("poorer"), exercises=None, judged_by=None),
    "flat": as_json(content("flat"), exercises=["train"]),
    "nobody": as_json(content("nobody"), student=None),
    "copied": report.write(content("ada")),
}


def test_every_name_has_a_report_of_its_own(tmp_path: Path):
    """Whatever a student is called, the report lies in the folder and is found again."""
    store = Store(tmp_path / "out")
    for name in ODD_NAMES:
        store.write(content(name))
    assert {path.parent for path in (store.path(n).resolve() for n in ODD_NAMES)} == {store.folder}
    assert len(list(tmp_path.rglob("*"))) == 1 + len(ODD_NAMES)
    assert {name: store.read(name) for name in ODD_NAMES} == {n: content(n) for n in ODD_NAMES}
    assert [found.student for found in store.all().reports] == sorted(ODD_NAMES)


def test_keys_that_are_not_known_survive_a_round_trip(tmp_path: Path):
    """In the report itself, in an exercise, in a check and in an answer that a person grades."""
    check = {"id": "a", "outcome": "passed", "weight": 1, "hint": "in a check"}
    train = {"id": "train", "score": 1, "max_score": 1, "outcome": "passed", "checks": [check]}
    essay = {"id": "essay", "max_score": 2, "state": "attempted", "grader": "by hand"}
    added = as_json(
        content("ada"), exercises=[train | {"effort": [1, 2]}], manual=[essay], late={"days": 1.5}
    )
    store = Store(tmp_path)
    store.path("ada").write_text(added)
    for _ in range(2):
        (known,) = store.all().reports
        store.write(known)
    read = json.loads(store.path("ada").read_text())
    assert read["late"] == {"days": 1.5}
    assert read["exercises"][0]["effort"] == [1, 2]
    assert read["exercises"][0]["checks"][0]["hint"] == "in a check"
    assert read["manual"][0]["grader"] == "by hand"


def test_reports_are_utf8_whatever_the_locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A name in another script is readable in the file, and the file is JSON."""
    monkeypatch.setenv("LC_ALL", "de_DE.ISO-8859-1")
    store = Store(tmp_path)
    store.write(content("陳"))
    assert "陳" in store.path("陳").read_bytes().decode("utf-8")


def test_a_report_that_cannot_be_written_leaves_the_old_one(tmp_path: Path):
    """It is written whole beside the old one before it takes its place."""
    store = Store(tmp_path)
    store.write(content("ada", score=50.0))
    with pytest.raises(PydanticSerializationError):
        store.write(content("ada", remark=object()))
    assert store.read("ada") == content("ada", score=50.0)


def _write_for_ever(folder: Path, started: Any) -> None:
    store = Store(folder)
    for number in range(10**9):
        store.write(content("ada", message=str(number % 10) * 100_000))
        started.set()


def test_a_writer_that_is_killed_leaves_a_whole_report(tmp_path: Path):
    """However it ends, nobody reads half a report, and drafts are not taken for reports."""
    context = multiprocessing.get_context("spawn")
    for _ in range(3):
        started = context.Event()
        writer = context.Process(target=_write_for_ever, args=(tmp_path, started))
        writer.start()
        assert started.wait(60)
        writer.kill()
        writer.join()
        (found,) = Store(tmp_path).all().reports
        assert len(set(found.message)) == 1
        assert len(found.message) == 100_000


def test_damaged_and_foreign_files_are_passed_over(tmp_path: Path):
    """Half a file, JSON that is no report, one of another version or student: none is told as a report.

    But each is named, so that nothing in the folder is dropped in silence.
    """
    store = Store(tmp_path)
    store.write(content("ada"))
    for name, text in DAMAGED.items():
        (tmp_path / f"{name}.json").write_text(text)
    (tmp_path / "folder.json").mkdir()
    os.mkfifo(tmp_path / "pipe.json")
    assert [found.student for found in store.all().reports] == ["ada"]
    unreadable = {f"{name}.json" for name in (*DAMAGED, "folder", "pipe")}
    assert set(store.all().unreadable) == unreadable
    assert {name: store.read(name) for name in DAMAGED} == dict.fromkeys(DAMAGED)
    assert store.read("pipe") is None


def test_what_a_killed_writer_left_is_cleared_away_by_the_next_batch(tmp_path: Path):
    """Unless another batch holds the folder, whose draft it may be."""
    store = Store(tmp_path)
    draft = tmp_path / ".ada.json.0123.draft"
    draft.touch()
    with store.held(["ada"]):
        assert not draft.exists()
        draft.touch()
        with Store(tmp_path).held(["bob"]):
            assert draft.exists()
    with store.held([]):
        assert list(tmp_path.iterdir()) == []


def test_a_folder_where_a_report_belongs_is_said_before_anything_is_graded(tmp_path: Path):
    """With its name: only a person can say what it is."""
    store = Store(tmp_path)
    store.path("ada").mkdir()
    with pytest.raises(AutograderError, match=r"ada\.json is a folder"), store.held(["ada"]):
        pytest.fail("the batch began")
