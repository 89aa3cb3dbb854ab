"""Claims about watching a folder that students can change: nothing of theirs leads out of it, or stops it."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.watching import LONG_ENOUGH, Watch, has, notebook, until

pytestmark = pytest.mark.slow


def test_a_link_in_place_of_a_students_folder_leads_nowhere(watch: Watch, tmp_path: Path):
    """Neither read through nor written through."""
    elsewhere = tmp_path / "elsewhere" / "small"
    elsewhere.mkdir(parents=True)
    (elsewhere / "a.ipynb").write_bytes(notebook("others"))
    (watch.folder / "ada").symlink_to(elsewhere.parent)
    (watch.folder / "bob").mkdir()
    (watch.folder / "bob" / "small").symlink_to(elsewhere)
    with watch.running():
        until(has(watch.hand_in("carol", notebook("own")), "own"))
        time.sleep(LONG_ENOUGH)
    assert watch.graded == [notebook("own")]
    assert [path.name for path in elsewhere.iterdir()] == ["a.ipynb"]


def test_feedback_replaces_a_link_and_never_follows_it(watch: Watch, tmp_path: Path):
    """Whoever watches may write anywhere."""
    target = tmp_path / "target"
    target.write_text("precious")
    feedback = watch.hand_in("ada", notebook("first"))
    feedback.symlink_to(target)
    with watch.running():
        until(lambda: not feedback.is_symlink() and has(feedback, "first")())
    assert target.read_text() == "precious"


def test_a_folder_in_the_feedbacks_place_costs_its_owner_the_feedback(watch: Watch):
    """It is said; the report is there, and the others go on."""
    feedback = watch.hand_in("ada", notebook("first"))
    feedback.mkdir()
    with watch.running():
        until(lambda: any("could not be put there" in line for line in watch.said))
        until(has(watch.hand_in("bob", notebook("bobs")), "bobs"))
    assert {each.student for each in watch.store.all().reports} == {"ada", "bob"}


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.symlink_to("/etc/passwd"), "is a link"),
        (os.mkfifo, "not an ordinary file"),
        (lambda path: path.mkdir(), "not an ordinary file"),
    ],
)
def test_what_is_no_file_is_refused_with_a_sentence(
    watch: Watch, make: Callable[[Path], object], sentence: str
):
    """Nobody waits for the other end of a pipe."""
    path = watch.folder / "ada" / "small" / "a.ipynb"
    path.parent.mkdir(parents=True)
    make(path)
    with watch.running():
        until(has(path.with_name("a.feedback.txt"), sentence))
    assert watch.graded == []


def test_of_several_notebooks_the_one_with_the_assignments_name_counts(watch: Watch):
    """Where none has it, the student reads which to hand in."""
    folder = watch.hand_in("ada", notebook("draft")).parent
    (folder / "b.ipynb").write_bytes(notebook("other"))
    with watch.running():
        until(has(folder / "small.feedback.txt", "more than one notebook"))
        (folder / "small.ipynb").write_bytes(notebook("chosen"))
        until(has(folder / "small.feedback.txt", "chosen"))
    assert watch.graded == [notebook("chosen")]


@pytest.mark.parametrize("name", ["ünal", "a b;c", "caf\udce9", "=1+1", "\u202etxt", "[red]x"])
def test_names_of_any_letters_are_answered(watch: Watch, name: str):
    """In a file name there can be anything, and on the terminal it is text."""
    with watch.running():
        until(has(watch.hand_in(name, notebook("first")), "first"))
        time.sleep(LONG_ENOUGH / 2)
    with watch.running():
        time.sleep(LONG_ENOUGH / 2)
    assert watch.graded == [notebook("first")]
    assert all(line.isprintable() for line in watch.said if "feedback" not in line)
