"""Claims about several notebooks in one submission: the one that was worked on counts, and it is said."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.batch import reading
from autograder.batch.discover import Submission, discover
from autograder.batch.reading import HandedIn
from autograder.batch.several import settle
from autograder.batch.store import Store
from autograder.course.folder import Course
from autograder.submission.assignment import load_assignment
from tests.helpers.fake_engine import FakeEngine, job, run

Settle = Callable[[dict[str, bytes]], HandedIn]


@pytest.fixture
def settled(small: Course, tmp_path: Path) -> Settle:
    """What is graded of a student who handed in these files."""
    assignment = load_assignment(small)

    def settled(files: dict[str, bytes]) -> HandedIn:
        folder = tmp_path / "class" / "ada" / small.assignment
        folder.mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        (found,) = settle(discover([tmp_path / "class"], small.assignment), assignment)
        return found if isinstance(found, HandedIn) else reading.read(found)

    return settled


def test_the_notebook_that_was_worked_on_counts(small: Course, settled: Settle):
    """Whatever the two are called, and the report says so."""
    found = settled(
        {
            f"{small.assignment}.ipynb": small.released.read_bytes(),
            f"{small.assignment} (1).ipynb": small.master.read_bytes(),
        }
    )
    assert found.notebook == small.master.read_bytes()
    assert f"2 notebooks were handed in. {small.assignment} (1).ipynb was graded" in found.note
    assert "as they were released" in found.note
    assert f"not graded: {small.assignment}.ipynb" in found.note


def test_of_two_that_were_worked_on_the_assignments_name_counts(small: Course, settled: Settle):
    """The other one is named."""
    master = small.master.read_bytes()
    found = settled({f"{small.assignment}.ipynb": master, "draft.ipynb": master + b" "})
    assert found.notebook == master
    assert "not graded: draft.ipynb" in found.note


def test_two_that_were_worked_on_under_other_names_are_refused(small: Course, settled: Settle):
    """Nobody guesses which one was meant."""
    master = small.master.read_bytes()
    assert "more than one notebook" in str(settled({"a.ipynb": master, "b.ipynb": master}).refusal)


def test_a_broken_notebook_beside_the_solved_one_is_passed_over(small: Course, settled: Settle):
    """It is named as not graded."""
    found = settled({"a.ipynb": b"no notebook", "b.ipynb": small.master.read_bytes()})
    assert found.notebook == small.master.read_bytes()
    assert "not graded: a.ipynb" in found.note


def test_one_notebook_needs_no_word(small: Course, settled: Settle):
    """As nearly everybody hands it in."""
    assert settled({"mine.ipynb": small.master.read_bytes()}).note == ""


def test_what_was_chosen_is_what_is_graded(small: Course, tmp_path: Path):
    """It is read once: what lies there when its turn comes is another file that nobody has looked at."""
    folder = tmp_path / "class" / "ada" / small.assignment
    folder.mkdir(parents=True)
    (folder / "a.ipynb").write_bytes(small.released.read_bytes())
    (folder / "b.ipynb").write_bytes(small.master.read_bytes())
    settled = settle(discover([tmp_path / "class"], small.assignment), load_assignment(small))
    (folder / "b.ipynb").write_bytes(b"changed meanwhile")
    engine = FakeEngine()
    run(job(engine), settled, Store(tmp_path / "out"))
    assert [notebook for notebook, _ in engine.graded] == [small.master.read_bytes()]


def test_one_that_is_gone_since_it_was_found_is_passed_over(small: Course, tmp_path: Path):
    """The class is graded all the same."""
    folder = tmp_path / "class" / "ada" / small.assignment
    folder.mkdir(parents=True)
    for name in ("a.ipynb", "b.ipynb"):
        (folder / name).write_bytes(small.master.read_bytes())
    found = discover([tmp_path / "class"], small.assignment)
    (folder / "a.ipynb").unlink()
    (settled,) = settle(found, load_assignment(small))
    assert isinstance(settled, HandedIn)
    assert "b.ipynb was graded" in settled.note


def test_a_disk_that_breaks_on_one_of_them_is_our_fault(
    small: Course, settled: Settle, monkeypatch: pytest.MonkeyPatch
):
    """It may have been the one that counts: the untouched one beside it is nobody's answer."""
    read = Submission.read

    def broken(submission: Submission) -> bytes:
        if submission.path.name == "b.ipynb":
            raise OSError(errno.EIO, "Input/output error")
        return read(submission)

    monkeypatch.setattr(Submission, "read", broken)
    name = f"{small.assignment}.ipynb"
    found = settled({name: small.released.read_bytes(), "b.ipynb": small.master.read_bytes()})
    assert found.notebook is None
    assert "b.ipynb could not be read: Input/output error" in str(found.fault)
