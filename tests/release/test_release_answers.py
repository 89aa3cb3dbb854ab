"""An answer in markdown, which a person grades, is released without its sample answer."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.course.markers import ANSWER_END, ANSWER_START
from autograder.errors import ReleaseError
from autograder.release import answers
from autograder.release.generate import make_release
from tests.helpers import small_course

TOLD = "A reward that comes late depends on many actions besides this one."
ANSWER = 5

Spoil = Callable[[NotebookNode], object]


def course(folder: Path, spoil: Spoil = lambda _: None) -> Path:
    """A course whose master has an answer cell, and may be spoiled first."""
    master = small_course.master()
    master.cells.append(small_course.answer())
    spoil(master)
    return small_course.write(folder, master)


def released(folder: Path) -> NotebookNode:
    """The answer cell as students get it."""
    make_release(folder, "small")
    notebook = nbformat.read(folder / "release" / "small" / "small.ipynb", as_version=4)
    return notebook.cells[ANSWER]


def replace(source: str) -> Spoil:
    """Write something else into the answer cell."""
    return lambda master: master.cells[ANSWER].update(source=source)


def test_the_sample_answer_becomes_a_placeholder(tmp_path: Path) -> None:
    """The question, the markers and nbgrader's metadata stay."""
    cell = released(course(tmp_path))
    assert cell.source == small_course.PLACEHOLDER
    assert cell.metadata.nbgrader.points == 4
    assert cell.metadata.nbgrader.solution is cell.metadata.nbgrader.grade is True
    assert len(cell.metadata.nbgrader.checksum) == 32


def test_several_answers_in_one_cell_each_become_a_placeholder() -> None:
    """As several regions in one solution cell do."""
    region = f"{ANSWER_START}\nSecret.\n\nMore.\n{ANSWER_END}"
    empty = f"{ANSWER_START}\n{ANSWER_END}"
    placeholder = f"{ANSWER_START}\n{answers.PLACEHOLDER}\n{ANSWER_END}"
    assert answers.strip(f"a)\n{region}\nb)\n{empty}") == f"a)\n{placeholder}\nb)\n{placeholder}"


def test_a_released_answer_cell_is_its_own_release() -> None:
    """Stripping twice is stripping once."""
    assert answers.strip(small_course.PLACEHOLDER) == small_course.PLACEHOLDER


def test_a_picture_of_the_sample_answer_goes_with_it(tmp_path: Path) -> None:
    """Nobody would see it on the page, but it would be in the file; the question's own stays."""

    def attach(master: NotebookNode) -> None:
        picture = {"image/png": base64.b64encode(b"picture").decode()}
        cell = master.cells[ANSWER]
        cell.attachments = {"asked.png": picture, "told.png": picture}
        cell.source = "![](attachment:asked.png)\n" + cell.source.replace(
            "Discounting", "![](attachment:told.png) Discounting"
        )

    assert set(released(course(tmp_path, attach)).attachments) == {"asked.png"}


REFUSED: dict[str, tuple[Spoil, str]] = {
    "no markers": (
        replace("Because."),
        "cell 'why': this answer has no markers: put the sample answer between the lines "
        "`<!-- START ANSWER -->` and `<!-- END ANSWER -->`; what stands there is not released",
    ),
    "a marker of another spelling": (
        replace("<!--start answer-->\nBecause.\n<!-- END ANSWER -->"),
        "cell 'why': line 1: write exactly `<!-- START ANSWER -->`, on a line of its own",
    ),
    "a marker on the answer's line": (
        replace("<!-- START ANSWER --> Because.\n<!-- END ANSWER -->"),
        "cell 'why': line 1: write exactly `<!-- START ANSWER -->`, on a line of its own",
    ),
    "an answer that is not closed": (
        replace("<!-- START ANSWER -->\nBecause."),
        "cell 'why': the answer that line 1 opens is not closed: add `<!-- END ANSWER -->`",
    ),
    "an answer that is not opened": (
        replace("Because.\n<!-- END ANSWER -->"),
        "cell 'why': line 2 closes an answer, but none is open: add `<!-- START ANSWER -->`",
    ),
    "an answer in an answer": (
        replace("<!-- START ANSWER -->\nBecause.\n<!-- START ANSWER -->"),
        "cell 'why': line 3 opens an answer inside the one that line 1 opens",
    ),
    "an answer in a cell that nobody grades": (
        lambda master: master.cells[ANSWER].metadata.pop("nbgrader"),
        "cell 'why' has a marker of an answer, but nbgrader does not know it as one: make it a markdown "
        "cell that is a 'Manually graded answer'",
    ),
    "an answer without points": (
        lambda master: master.cells[ANSWER].metadata.nbgrader.update(grade=False),
        "cell 'why' is an answer that nobody grades: make it a 'Manually graded answer' in nbgrader's "
        "toolbar",
    ),
    "points without an answer": (
        lambda master: master.cells[ANSWER].update(
            source="Think.", metadata=small_course.code("why", "", grade=True, points=1).metadata
        ),
        "cell 'why' is markdown that has points, but students cannot write in it: make it a 'Manually "
        "graded answer' in nbgrader's toolbar",
    ),
    "an answer in a raw cell": (
        lambda master: master.cells[ANSWER].update(cell_type="raw", source="Because."),
        "cell 'why' is a raw cell, which nobody can solve or grade: make it a code or a markdown cell",
    ),
}


@pytest.mark.parametrize(("spoil", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_cell_that_might_show_its_answer_is_refused(
    spoil: Spoil, sentence: str, tmp_path: Path
) -> None:
    """The sentence names the cell and says what to do."""
    with pytest.raises(ReleaseError) as caught:
        make_release(course(tmp_path, spoil), "small")
    assert str(caught.value) == sentence


LEAKS: dict[str, tuple[Spoil, str]] = {
    "in its own cell": (
        replace(f"Hint: {TOLD}\n{ANSWER_START}\n{TOLD}\n{ANSWER_END}"),
        "cell 'why' tells '{}' of the answer of cell 'why': take it out",
    ),
    "in another text": (
        lambda master: master.cells.append(
            new_markdown_cell(f"*{TOLD.upper().replace(' ', chr(10))}*", id="hint")
        ),
        "cell 'hint' tells '{}' of the answer of cell 'why': take it out",
    ),
    "in a comment of code": (
        lambda master: master.cells.append(new_code_cell(f"# {TOLD}", id="hint")),
        "cell 'hint' tells '{}' of the answer of cell 'why': take it out",
    ),
    "in the metadata of a cell": (
        lambda master: master.cells[0].metadata.update(note=TOLD),
        "cell 'text' tells '{}' of the answer of cell 'why' in its metadata: take it out",
    ),
    "in the metadata of the notebook": (
        lambda master: master.metadata.update(note=TOLD),
        "the notebook's metadata tell '{}' of the answer of cell 'why': take it out",
    ),
}


@pytest.mark.parametrize(("spoil", "sentence"), LEAKS.values(), ids=LEAKS)
def test_a_sentence_of_the_sample_answer_elsewhere_is_refused(
    spoil: Spoil, sentence: str, tmp_path: Path
) -> None:
    """Whatever its capitals, signs and line breaks."""
    with pytest.raises(ReleaseError) as caught:
        make_release(course(tmp_path, spoil), "small")
    assert str(caught.value) == sentence.format(TOLD[:57] + "...")


def test_a_sentence_of_the_sample_answer_in_a_file_is_refused(tmp_path: Path) -> None:
    """Files are released as they are."""
    folder = course(tmp_path)
    (folder / "source" / "small" / "notes.md").write_text(f"# Notes\n{TOLD}\n")
    with pytest.raises(ReleaseError, match=r"^notes\.md tells 'A reward that .* of cell 'why'"):
        make_release(folder, "small")


def test_few_words_of_an_answer_may_stand_elsewhere(tmp_path: Path) -> None:
    """Whoever answers in four words uses words that stand in the text."""

    def shorten(master: NotebookNode) -> None:
        master.cells[ANSWER].source = f"{ANSWER_START}\nTo reduce the noise.\n{ANSWER_END}"
        master.cells[0].source += "\nWe want to reduce the noise."

    assert answers.PLACEHOLDER in released(course(tmp_path, shorten)).source
