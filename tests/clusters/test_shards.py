"""Claims about `autograder grade --shard I/N`: N shards leave what one run leaves, whatever happens."""

import hashlib
import itertools
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.batch import shards
from autograder.batch.discover import Submission
from autograder.batch.shards import Shard
from autograder.batch.store import Store
from autograder.course.folder import Course
from autograder.errors import UsageError
from tests.helpers.command import Run, is_one_sentence
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.grading import ROOT
from tests.helpers.small_class import COMMAND, SMALL, hand_in

STUDENTS = tuple(f"student-{number:02}" for number in range(20))
FOLDER = Path("graded") / SMALL
MADE = ("scores.csv", "collected.csv")


@pytest.fixture
def handed_in(small: Course) -> Path:
    """A class of twenty, one of whom handed in nothing and one a link, and somebody's stray file."""
    hand_in(Path("submitted"), *STUDENTS)
    Path("submitted/empty").joinpath(SMALL).mkdir(parents=True)
    Path("submitted/linked").joinpath(SMALL).mkdir(parents=True)
    Path(f"submitted/linked/{SMALL}/{SMALL}.ipynb").symlink_to("/etc/hostname")
    Path("submitted/.DS_Store").touch()
    Path("roster.csv").write_text("id,first_name\nabsent,A\nstudent-03,B\n")
    return Path("submitted")


def left_in(folder: Path) -> dict[str, object]:
    """What a run left: the reports without their seconds, and the tables as they are."""
    found: dict[str, object] = {path.name: path.read_text() for path in folder.glob("*.csv")}
    for path in folder.glob("*.json"):
        found[path.name] = json.loads(path.read_text()) | {"seconds": 0}
    return found


@given(st.binary(), st.integers(1, shards.MOST))
def test_every_submission_falls_to_exactly_one_shard(content: bytes, count: int):
    """Whatever is in it, and however many there are."""
    digest = hashlib.sha256(content).hexdigest()
    assert sum(Shard(index, count).takes(digest) for index in range(count)) == 1


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)], ids=str)
def test_what_three_shards_leave_is_what_one_run_leaves(
    order: tuple[int, ...], handed_in: Path, fake: FakeEngine, run: Run
):
    """Every report, scores.csv and collected.csv, in whatever order the shards ended."""
    options = ("--roster", "roster.csv")
    assert run("grade", handed_in, "--out", "one", *options)[0] == 0
    for index in order:
        assert not (FOLDER / "scores.csv").exists()
        assert run("grade", handed_in, "--shard", f"{index}/3", *options)[0] == 0
    assert left_in(FOLDER) == left_in(Path("one") / SMALL)
    assert len(fake.graded) == 2 * len(STUDENTS)
    assert run("export", "csv", *options)[1] == (FOLDER / "scores.csv").read_bytes().decode()


def test_a_shard_says_what_it_had_and_what_is_left_to_others(
    handed_in: Path, fake: FakeEngine, run: Run
):
    """The last says that the class is complete, and the first alone tells what was passed over."""
    _, first, _ = run("grade", handed_in, "--shard", "0/2")
    _, last, _ = run("grade", handed_in, "--shard", "1/2")
    assert "Shard 0/2: " in first
    assert "the last of them to end writes scores.csv." in first
    assert "22 taken, 1 passed over:\n  submitted/.DS_Store" in first
    assert "The whole class has its reports.\n" in last
    assert "passed over" not in last


def test_an_entry_that_is_nobodys_is_told_by_the_first_shard_alone(
    handed_in: Path, fake: FakeEngine, run: Run
):
    """With status 3, as in one run; the others have nothing to do with it."""
    (handed_in / "dan").mkdir()
    (handed_in / "dan" / f"{SMALL}.ipynb").touch()
    assert run("grade", handed_in, "--shard", "0/2")[0] == 3
    assert run("grade", handed_in, "--shard", "1/2")[0] == 0


def test_a_shard_that_is_run_again_grades_nobody_again(handed_in: Path, fake: FakeEngine, run: Run):
    """What it had is kept; what another shard lacks is not its business."""
    run("grade", handed_in, "--shard", "1/2")
    before = len(fake.graded)
    run("grade", handed_in, "--shard", "1/2")
    assert len(fake.graded) == before
    assert not (FOLDER / "scores.csv").exists()


def test_reports_by_other_checks_do_not_make_a_class_complete(
    handed_in: Path, small: Course, fake: FakeEngine, run: Run
):
    """Nor do those on what a student has replaced since: no table mixes two judges."""
    run("grade", handed_in)
    table = (FOLDER / "scores.csv").read_bytes()
    fake.digest = lambda: "sha256:" + "1" * 64  # type: ignore[method-assign]
    _, said, _ = run("grade", handed_in, "--shard", "0/2")
    assert "Other shards still have" in said
    assert (FOLDER / "scores.csv").read_bytes() == table
    _, said, _ = run("grade", handed_in, "--shard", "1/2")
    assert "The whole class has its reports." in said


def test_shards_side_by_side_one_of_them_killed_leave_one_report_each(handed_in: Path):
    """Four real processes on one folder; the killed one is started again and goes on."""
    command = [sys.executable, "-c", COMMAND, "grade", "submitted", "--workers", "1", "--shard"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}

    def start(index: int) -> subprocess.Popen[bytes]:
        words = [*command, f"{index}/4"]
        return subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)

    running = [start(index) for index in range(4)]
    deadline = time.monotonic() + 60
    while not any(FOLDER.glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.01)
    running[2].kill()
    running[2].wait()
    running[2] = start(2)
    assert [process.wait(timeout=120) for process in running] == [0, 0, 0, 0]
    names = {report.student for report in Store(FOLDER).all().reports}
    assert names == {*STUDENTS, "empty", "linked"}
    assert {path.name for path in FOLDER.glob("*.csv")} == set(MADE)
    assert len((FOLDER / "scores.csv").read_text().splitlines()) == 23


def test_a_shard_leaves_other_shards_drafts_alone(tmp_path: Path):
    """On a network file system a lock may hold on one machine only; its own are cleared away."""
    store = Store(tmp_path, shared=True)
    for name in ("ada", "bob"):
        (tmp_path / f".{name}.json.0123.draft").touch()
    with store.held(["ada"]):
        assert [path.name for path in tmp_path.glob(".*.draft")] == [".bob.json.0123.draft"]


@pytest.mark.parametrize(
    "value",
    ["", "1", "1/", "/2", "a/2", "0/0", "2/2", "-1/2", "0/99999", "1 / 2", "0/2/3", "\u0660/2"],
)
def test_a_shard_without_a_meaning_is_one_sentence(value: str, handed_in: Path, run: Run):
    """And status 2, before anything is graded."""
    status, output, errors = run("grade", handed_in, f"--shard={value}")
    assert (status, output) == (2, "")
    assert is_one_sentence(errors)
    assert "--shard" in errors
    assert not FOLDER.exists()


def test_the_sentence_about_a_number_that_is_too_large_says_which_there_are():
    """Whoever counts from 1 reads it once."""
    with pytest.raises(UsageError, match=r"numbered from 0, here 0/4 to 3/4\."):
        shards.parse("4/4")


def test_what_is_to_be_laid_out_is_not_laid_out_by_every_shard_at_once(
    handed_in: Path, fake: FakeEngine, run: Run
):
    """The sentence names the command that does so once."""
    subprocess.run(
        [sys.executable, "-m", "zipfile", "-c", "handed.zip", "submitted/student-01"], check=True
    )
    status, _, errors = run("grade", "handed.zip", "--shard", "0/2")
    assert (status, is_one_sentence(errors)) == (2, True)
    assert "run 'autograder collect handed.zip'" in errors


def test_a_gradebook_is_not_filled_shard_by_shard(handed_in: Path, run: Run):
    """Several would write into it at once, each with a part of the class."""
    status, _, errors = run("grade", handed_in, "--shard", "0/2", "--gradebook", "sqlite:///g.db")
    assert (status, is_one_sentence(errors)) == (2, True)
    assert "autograder export nbgrader" in errors


def test_who_handed_in_several_notebooks_falls_to_one_shard(tmp_path: Path):
    """By the name: which of them counts costs a process each to tell."""
    several = (tmp_path / "a.ipynb", tmp_path / "b.ipynb")
    submission = Submission("ada", several[0], several=several)
    shares = [shards.share([submission], Shard(index, 5)) for index in range(5)]
    assert list(itertools.chain(*(share.mine for share in shares))) == [submission]


def test_a_class_that_nobody_reads_on_a_terminal_is_shown_in_part(
    handed_in: Path, fake: FakeEngine, run: Run, monkeypatch: pytest.MonkeyPatch
):
    """Ten thousand rows cost more than grading does; the table on disk has all of them, and so it says."""
    monkeypatch.setattr("autograder.cli.classwide.MOST_ROWS", 5)
    _, output, _ = run("grade", handed_in)
    assert "These are 5 of 22 students." in output
    assert output.count("\nstudent-") == 3
    assert len((FOLDER / "scores.csv").read_text().splitlines()) == 23
