"""Claims about the notebook that people look at: all that a student wrote, once, on the release's cells."""

from __future__ import annotations

import json
from collections.abc import Callable

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.course.folder import Course
from autograder.nbgrader.shown import Shown, shown
from autograder.submission.assignment import load_assignment

Show = Callable[[Callable[[NotebookNode], object]], Shown]
WRITTEN = "def plain_returns(rewards, gamma):\n    return 'mine'"


@pytest.fixture
def show(light_course: Course) -> Show:
    """What is shown of the release after a student has done something to it."""
    assignment = load_assignment(light_course)

    def show(edit: Callable[[NotebookNode], object]) -> Shown:
        released = nbformat.read(light_course.released, as_version=4)
        theirs = nbformat.read(light_course.released, as_version=4)
        edit(theirs)
        return shown(assignment, released, json.dumps(theirs).encode())

    return show


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    """A cell by its id."""
    return next(c for c in notebook.cells if c.get("id") == name)


def sources(found: Shown) -> list[str]:
    """All that is shown."""
    return [c.source for c in found.notebook.cells]


def test_the_release_itself_is_shown_as_it_is(show: Show, light_course: Course):
    """Whoever wrote nothing has nothing added."""
    found = show(lambda notebook: None)
    released = nbformat.read(light_course.released, as_version=4)
    assert sources(found) == [c.source for c in released.cells]
    assert not found.beside


def test_an_added_cell_stands_behind_the_one_that_it_followed(show: Show):
    """Code and text alike; text of their own may be an answer, which a person has to see."""
    text = "My notes"

    def add(notebook: NotebookNode) -> None:
        place = notebook.cells.index(cell(notebook, "plain-returns-solution"))
        notebook.cells[place + 1 : place + 1] = [
            new_code_cell("helper = 1"),
            new_markdown_cell(text),
        ]

    found = show(add)
    at = [c.get("id") for c in found.notebook.cells].index("plain-returns-solution")
    assert sources(found)[at + 1 : at + 3] == ["helper = 1", text]
    assert found.beside


def test_two_exercises_in_one_cell_are_shown_at_both(show: Show):
    """Each by the cell that it was judged by."""
    both = f"{WRITTEN}\ndef returns_minus_baseline(episodes, gamma):\n    return 'too'"

    def merge(notebook: NotebookNode) -> None:
        cell(notebook, "plain-returns-solution").source = both
        notebook.cells.remove(cell(notebook, "returns-minus-baseline-solution"))

    assert sources(show(merge)).count(both) == 2


def test_an_exercise_that_is_in_no_cell_is_said_to_be(show: Show):
    """The place stays, so that nbgrader shows its points."""
    found = show(lambda notebook: notebook.cells.remove(cell(notebook, "plain-returns-solution")))
    assert cell(found.notebook, "plain-returns-solution").source.startswith(
        "# No cell of the notebook"
    )


def test_a_given_cell_that_was_changed_is_shown_beside_the_given_one(
    show: Show, light_course: Course
):
    """The check cell is the release's, whatever a student made of it."""
    weak = "assert True  # mine"

    def change(notebook: NotebookNode) -> None:
        cell(notebook, "plain-returns").source = weak

    found = show(change)
    released = nbformat.read(light_course.released, as_version=4)
    assert cell(found.notebook, "plain-returns").source == cell(released, "plain-returns").source
    assert weak in sources(found)


def test_what_no_file_can_hold_is_replaced(show: Show):
    """A lone surrogate, in code or in text, keeps nobody's notebook from being written."""

    def spoil(notebook: NotebookNode) -> None:
        cell(notebook, "plain-returns-solution").source = f"{WRITTEN}  # \ud800"
        notebook.cells.append(new_markdown_cell("\ud800 text"))

    found = show(spoil)
    nbformat.writes(found.notebook).encode("utf-8")
    assert "\ufffd text" in sources(found)
