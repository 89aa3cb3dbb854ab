"""Claims about a gradebook that cannot be used: one sentence, no password in it, nothing half entered."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import nbformat
import pytest

from autograder.course.folder import Course
from autograder.nbgrader import gradebook
from autograder.nbgrader.entry import entry
from autograder.nbgrader.gradebook import Book
from autograder.nbgrader.trouble import GradebookError
from autograder.submission.assignment import load_assignment
from tests.helpers.grading import LIGHT
from tests.helpers.standings import standing


def test_a_locked_gradebook_is_a_sentence(
    light_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """After some patience."""
    monkeypatch.setattr(gradebook, "_PATIENCE", 0.3)
    path = tmp_path / "gradebook.db"
    with Book(f"sqlite:///{path}?timeout=0.1", "", LIGHT) as book:
        book.prepare(nbformat.read(light_course.released, as_version=4))
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        content = entry(load_assignment(light_course), standing())
        with pytest.raises(GradebookError, match="is locked by another program"):
            book.enter(content, None, lambda cell: False)
        holder.close()
        book.enter(content, None, lambda cell: False)


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("gradebook.db", "no URL of a gradebook"),
        ("sqlite:////nowhere/gradebook.db", "unable to open database file"),
        ("nosuch://host/name", "needs a driver"),
    ],
)
def test_a_gradebook_that_cannot_be_opened_is_a_sentence(where: str, sentence: str):
    """At once, since waiting does not help."""
    with pytest.raises(GradebookError, match=sentence):
        Book(where, "", LIGHT)


def test_a_password_is_nobodys_to_read():
    """Whatever is said of a gradebook, its URL is said without it."""
    with pytest.raises(GradebookError) as caught:
        Book("nosuch://ada:s3cret@host/name", "", LIGHT)
    assert "s3cret" not in str(caught.value)
