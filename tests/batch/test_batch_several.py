"""Claims about several notebooks in one submission: the one that was worked on counts, and it is said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.batch.discover import Submission, discover
from autograder.batch.several import settle
from autograder.course.folder import Course
from autograder.submission.assignment import load_assignment

Settle = Callable[[dict[str, bytes]], Submission]


@pytest.fixture
def settled(small: Course, tmp_path: Path) -> Settle:
    """The submission of a student who handed in these files."""
    assignment = load_assignment(small)

    def settled(files: dict[str, bytes]) -> Submission:
        folder = tmp_path / "class" / "ada" / small.assignment
        folder.mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
        (found,) = settle(discover([tmp_path / "class"], small.assignment), assignment)
        return found

    return settled


def test_the_notebook_that_was_worked_on_counts(small: Course, settled: Settle):
    """Whatever the two are called, and the report says so."""
    found = settled(
        {
            f"{small.assignment}.ipynb": small.released.read_bytes(),
            f"{small.assignment} (1).ipynb": small.master.read_bytes(),
        }
    )
    assert found.path.name == f"{small.assignment} (1).ipynb"
    assert found.refusal is None
    assert "2 notebooks were handed in" in found.note
    assert "as they were released" in found.note
    assert f"not graded: {small.assignment}.ipynb" in found.note


def test_of_two_that_were_worked_on_the_assignments_name_counts(small: Course, settled: Settle):
    """The other one is named."""
    master = small.master.read_bytes()
    found = settled({f"{small.assignment}.ipynb": master, "draft.ipynb": master + b" "})
    assert found.path.name == f"{small.assignment}.ipynb"
    assert "not graded: draft.ipynb" in found.note


def test_two_that_were_worked_on_under_other_names_are_refused(small: Course, settled: Settle):
    """Nobody guesses which one was meant."""
    master = small.master.read_bytes()
    assert "more than one notebook" in str(settled({"a.ipynb": master, "b.ipynb": master}).refusal)


def test_a_broken_notebook_beside_the_solved_one_is_passed_over(small: Course, settled: Settle):
    """It is named as not graded."""
    found = settled({"a.ipynb": b"no notebook", "b.ipynb": small.master.read_bytes()})
    assert found.path.name == "b.ipynb"
    assert "not graded: a.ipynb" in found.note


def test_one_notebook_needs_no_word(small: Course, settled: Settle):
    """As nearly everybody hands it in."""
    assert settled({"mine.ipynb": small.master.read_bytes()}).note == ""
