"""The notebook that people look at: the release's cells with what a student wrote put in.

nbgrader's pages need every grade cell, and lose a notebook that has one twice or none of its metadata. So
the autograded notebook is made from the release: its solution cells hold what the exercises were judged by,
its answers what was typed there, and whatever else the student wrote stands behind the cell that it followed.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.course.markers import SOLUTION_SUFFIX
from autograder.submission import read
from autograder.submission.assignment import Assignment
from autograder.submission.read import Cell
from autograder.submission.recognise import Recognised, Recogniser

_MISSING = "# No cell of the notebook that was handed in holds this exercise."
_NO_ANSWER = "(No cell of the notebook that was handed in holds this answer.)"


@dataclass(frozen=True)
class Shown:
    """A notebook for people; `beside` tells that the student wrote text into cells of their own."""

    notebook: NotebookNode
    beside: bool


@dataclass
class _Place:
    """A cell of the release, and what a student added behind it."""

    cell: NotebookNode
    added: list[NotebookNode] = field(default_factory=list)


@dataclass(frozen=True)
class _Student:
    """A cell of the student's: code as it was recognised, or text."""

    text: Cell | None = None
    code: Recognised | None = None


def shown(assignment: Assignment, released: NotebookNode, notebook: bytes) -> Shown:
    """Return what is shown of a notebook that was graded.

    It is parsed here as it was for grading: only give what a session has read within its bounds.
    """
    student = list(_cells(assignment, notebook))
    recogniser = Recogniser(assignment)
    code = [each.code for each in student if each.code is not None]
    own = {e.id + SOLUTION_SUFFIX: recogniser.own_cell(e.id, code) for e in assignment.exercises}
    asked = {question.id for question in assignment.questions}
    places = _places(released)
    for name, place in places.by_grade_id.items():
        if name in own:
            found = own[name]
            place.cell.source = _MISSING if found is None else found.cell.source
        elif name in asked:
            place.cell.source = _MISSING if place.cell.cell_type == "code" else _NO_ANSWER
    beside = _fill(places, student, own, asked)
    result = copy.deepcopy(released)
    result.cells = [cell for place in places.all for cell in (place.cell, *place.added)]
    return Shown(result, beside)


def as_released(released: NotebookNode) -> Shown:
    """Return what is shown where nothing of the student's can be."""
    return Shown(copy.deepcopy(released), beside=False)


@dataclass(frozen=True)
class _Places:
    """The release's cells, also by their grade ids and cell ids, and those with text by what they say."""

    all: list[_Place]
    by_grade_id: dict[str, _Place]
    by_cell_id: dict[str, _Place]
    by_source: dict[str, _Place]


def _places(released: NotebookNode) -> _Places:
    places = [_Place(copy.deepcopy(cell)) for cell in released.cells]
    by_grade_id = {_grade_id(p.cell): p for p in places if _grade_id(p.cell)}
    by_cell_id = {p.cell.id: p for p in places if p.cell.get("id")}
    texts = {_words(p.cell.source): p for p in places if p.cell.cell_type != "code"}
    return _Places(places, by_grade_id, by_cell_id, texts)


def _words(text: str) -> str:
    return " ".join(text.split())


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def _fill(
    places: _Places, student: list[_Student], own: dict[str, Recognised | None], asked: set[str]
) -> bool:
    """Put answers into their places, and what was added behind the cell that it followed.

    Returns whether any text was added.
    """
    here, beside, answered = places.all[0], False, set[str]()
    owners = {each.number: places.by_grade_id[name] for name, each in own.items() if each}
    for each in student:
        if each.code is not None:
            place, is_shown = _of_code(places, each.code, owners, asked, answered)
        else:
            assert each.text is not None
            place, is_shown = _of_text(places, each.text, asked, answered)
            beside |= not is_shown and bool(each.text.source.strip())
        here = place or here
        if not is_shown:
            here.added.append(_added(each))
    return beside


def _of_code(
    places: _Places,
    each: Recognised,
    owners: dict[int, _Place],
    asked: set[str],
    answered: set[str],
) -> tuple[_Place | None, bool]:
    """Return which cell of the release this one is, and whether all of it is shown there already."""
    if each.number in owners:
        return owners[each.number], True
    name = each.master.grade_id if each.master else ""
    place = places.by_grade_id.get(name) if name else None
    if place is not None and name in asked and name not in answered:
        answered.add(name)
        place.cell.source = each.cell.source
        return place, True
    blank = not each.cell.source.strip()
    return place, blank or (each.is_given and not each.changed) or (
        bool(each.roles) and each.untouched
    )


def _of_text(
    places: _Places, cell: Cell, asked: set[str], answered: set[str]
) -> tuple[_Place | None, bool]:
    place = places.by_grade_id.get(cell.grade_id) or places.by_cell_id.get(cell.cell_id)
    place = place or places.by_source.get(_words(cell.source))
    if place is None:
        return None, not cell.source.strip()
    name = _grade_id(place.cell)
    if name in asked and name not in answered:
        answered.add(name)
        place.cell.source = cell.source
        return place, True
    return place, _words(cell.source) == _words(place.cell.source)


def _added(each: _Student) -> NotebookNode:
    cell: NotebookNode
    if each.code is not None:
        cell = new_code_cell(each.code.cell.source)
    else:
        assert each.text is not None
        cell = new_markdown_cell(each.text.source)
    return cell


def _cells(assignment: Assignment, notebook: bytes) -> Iterator[_Student]:
    """Yield all cells in the student's order, read by the very functions that grading reads them with."""
    raw = [cell for cell in read.raw_cells(read.raw_notebook(notebook)) if isinstance(cell, dict)]
    is_code = [cell.get("cell_type") == "code" for cell in raw]
    code = [read.code_cell(cell) for cell, yes in zip(raw, is_code, strict=True) if yes]
    recognised = iter(Recogniser(assignment).recognise(code))
    for cell, yes in zip(raw, is_code, strict=True):
        yield _Student(code=next(recognised)) if yes else _Student(text=_text(cell))


def _text(cell: dict[str, Any]) -> Cell:
    """Return a cell with text, in which a lone surrogate is the replacement character, U+FFFD."""
    found = read.text_cell(cell)
    source = found.source.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Cell(source, found.cell_id, found.grade_id)
