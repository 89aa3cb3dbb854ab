"""Whatever a master holds, `release` ends in one sentence that says where and what: never in a traceback."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_raw_cell

from autograder.errors import ReleaseError
from autograder.release.generate import make_release
from tests.helpers import small_course

TEXT, IMPORTS, SOLUTION, CHECK, PLOT = range(5)
TOOLBAR = ": set it anew in nbgrader's toolbar (Create Assignment), or run 'nbgrader update'"
FORMAT = "small.ipynb is not a notebook of format 4"
IDS = (
    "small.ipynb has cells without an id of their own, so that no two releases would be alike: save it in "
    "a current Jupyter"
)

Raw = dict[str, Any]


def refusal(folder: Path, content: bytes) -> str:
    """What `release` says of a master with this content."""
    course = small_course.write(folder, small_course.master())
    (course / "source" / "small" / "small.ipynb").write_bytes(content)
    with pytest.raises(ReleaseError) as caught:
        make_release(course, "small")
    return str(caught.value)


def cell(number: int, **changes: object) -> Callable[[Raw], None]:
    """Change a cell of the master as it stands in the file."""
    return lambda content: content["cells"][number].update(changes)


def meta(number: int, **changes: object) -> Callable[[Raw], None]:
    """Change nbgrader's metadata of a cell."""
    return lambda content: content["cells"][number]["metadata"]["nbgrader"].update(changes)


FILES = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": "Prüfung".encode("latin-1"),
    "a list": b"[]",
    "a number": b"4",
    "nested too deeply": b"[" * 100_000,
    "no cells": b'{"nbformat": 4, "nbformat_minor": 5}',
    "cells that are none": b'{"nbformat": 4, "nbformat_minor": 5, "cells": [1]}',
    "a table of cells": b'{"nbformat": 4, "nbformat_minor": 5, "cells": {}}',
    "no minor version": b'{"nbformat": 4, "cells": []}',
    "format 3": json.dumps(nbformat.v3.new_notebook()).encode(),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_file_that_is_no_notebook_is_refused(content: bytes, tmp_path: Path) -> None:
    """Of format 4, that is: what older ones lack would be made up anew at each reading."""
    assert refusal(tmp_path, content).startswith(FORMAT)


SPOILED: dict[str, tuple[Callable[[Raw], object], str]] = {
    "an older minor version": (lambda content: content.update(nbformat_minor=4), IDS),
    "an id twice": (cell(PLOT, id="text"), IDS),
    "an id that is no text": (
        cell(PLOT, id=[1]),
        IDS,
    ),
    "a source that is no text": (
        cell(PLOT, source=7),
        "small.ipynb: cell 'plot': source is not what a notebook may hold: 7 is not valid under any of "
        "the given schemas",
    ),
    "a cell of another type": (
        cell(PLOT, cell_type="heading"),
        "small.ipynb: cell 'plot': ",
    ),
    "metadata that are no table": (
        cell(PLOT, metadata=[]),
        "small.ipynb: cell 'plot': metadata is not what a notebook may hold: [] is not of type 'object'",
    ),
    "attachments that are no table": (
        cell(TEXT, attachments=["a.png"]),
        "small.ipynb: cell 'text': attachments is not what a notebook may hold: ['a.png'] is not of type "
        "'object'",
    ),
    "tags that are no list": (
        lambda content: content["cells"][PLOT]["metadata"].update(tags="x"),
        "small.ipynb: cell 'plot': metadata.tags is not what a notebook may hold: 'x' is not of type 'array'",
    ),
    "nbgrader's metadata as a list": (
        lambda content: content["cells"][PLOT]["metadata"].update(nbgrader=[]),
        "small.ipynb: cell 'plot' has metadata that are no table" + TOOLBAR,
    ),
    "nbgrader's metadata of an older version": (
        meta(PLOT, schema_version=2),
        "small.ipynb: cell 'plot' has nbgrader metadata of version 2, not 3" + TOOLBAR,
    ),
    "a flag that is a number": (
        meta(SOLUTION, solution=1),
        "small.ipynb: cell 'returns-solution' has 1 for nbgrader's 'solution', which is neither true nor "
        "false" + TOOLBAR,
    ),
    "no flag": (
        lambda content: content["cells"][PLOT]["metadata"]["nbgrader"].pop("grade"),
        "small.ipynb: cell 'plot' has None for nbgrader's 'grade', which is neither true nor false" + TOOLBAR,
    ),
    "no grade id": (
        lambda content: content["cells"][CHECK]["metadata"]["nbgrader"].pop("grade_id"),
        "small.ipynb: cell 'returns' has the grade id None, which is no name of letters, digits, _ and -"
        + TOOLBAR,
    ),
    "a grade id of two words": (
        meta(CHECK, grade_id="my returns"),
        "small.ipynb: cell 'returns' has the grade id 'my returns', which is no name of letters, digits, "
        "_ and -" + TOOLBAR,
    ),
    "a grade id twice": (
        meta(PLOT, grade_id="returns"),
        "small.ipynb: 2 cells have the grade id 'returns': give each one its own",
    ),
    "points in words": (
        meta(CHECK, points="five"),
        "small.ipynb: cell 'returns' has 'five' for points, which is no number from 0 on" + TOOLBAR,
    ),
    "points that are no number": (
        meta(CHECK, points=float("nan")),
        "small.ipynb: cell 'returns' has nan for points, which is no number from 0 on" + TOOLBAR,
    ),
    "no points": (
        lambda content: content["cells"][CHECK]["metadata"]["nbgrader"].pop("points"),
        "cell 'returns' is graded, but has no points: set them in nbgrader's toolbar or in assignment.toml",
    ),
    "no solution cell": (
        lambda content: content["cells"].pop(SOLUTION),
        "cell 'returns' grades an exercise without a solution: make the cell with the solution a solution "
        "cell of nbgrader's, with the id 'returns_solution' and the solution between "
        "`### START CODE ###` and `### END CODE ###`",
    ),
    "a solution that is no Python": (
        cell(SOLUTION, source="### START CODE ###\nx = = 1\n### END CODE ###"),
        "cell 'returns_solution': line 2 is not Python (invalid syntax), so its region cannot be stripped",
    ),
    "a solution with a NUL": (
        cell(SOLUTION, source="### START CODE ###\nx = '\0'\n### END CODE ###"),
        "cell 'returns_solution': line 2 is not Python (a NUL), so "
        "its region cannot be stripped",
    ),
    "a solution nested too deeply": (
        cell(SOLUTION, source=f"### START CODE ###\nx = {'(' * 300}{')' * 300}\n### END CODE ###"),
        "cell 'returns_solution': line 2 is not Python (too many nested parentheses), so its region cannot "
        "be stripped",
    ),
    "a solution with carriage returns": (
        cell(SOLUTION, source="### START CODE ###\rx = f()\n### END CODE ###"),
        "cell 'returns_solution': it has carriage returns: let its lines end with line feeds alone",
    ),
    "a solution without a region": (
        cell(SOLUTION, source="%matplotlib inline\nx = 1"),
        "cell 'returns_solution' is a solution cell without a region: put the solution between "
        "`### START CODE ###` and `### END CODE ###`",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "sentence"), SPOILED.values(), ids=SPOILED)
def test_a_master_that_cannot_be_released_is_refused(
    spoil: Callable[[Raw], object],
    sentence: str,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """One sentence names the cell and what is wrong with it; nothing else is printed."""
    content = json.loads(nbformat.writes(small_course.master()))
    spoil(content)
    said = refusal(tmp_path, json.dumps(content).encode())
    assert said == sentence or (sentence.endswith(": ") and said.startswith(sentence))
    assert "\n" not in said
    assert capfd.readouterr() == ("", "")


GIVEN: dict[str, NotebookNode] = {
    "that is no Python": new_code_cell("x = = 1", id="given"),
    "of magics": new_code_cell("%matplotlib inline\n!ls\nx = 1", id="given"),
    "of another language": new_code_cell("%%bash\nif true; then ls; fi", id="given"),
    "that is raw": new_raw_cell("<b>x</b>", id="given"),
    "that is empty": new_code_cell("", id="given"),
    "with a NUL": new_code_cell("x = '\0'", id="given"),
    "with half of a character": new_code_cell("x = '\\ud800'", id="given"),
    "with a string that Python warns about": new_code_cell(r"x = '\d'", id="given"),
    "nested too deeply": new_code_cell("x = " + "-" * 5000 + "1", id="given"),
}


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
def test_a_given_cell_is_released_as_it_is(
    given: NotebookNode, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Only a solution has to be understood."""
    master = small_course.master()
    master.cells.append(given)
    course = small_course.write(tmp_path, master)
    make_release(course, "small")
    notebook = nbformat.read(course / "release" / "small" / "small.ipynb", as_version=4)
    assert notebook.cells[-1].source == given.source
    assert capfd.readouterr() == ("", "")


def test_a_master_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    """The sentence names it."""
    course = small_course.write(tmp_path, small_course.master())
    (course / "source" / "small" / "more.ipynb").mkdir()
    with pytest.raises(ReleaseError, match=r"^more\.ipynb cannot be read: Is a directory$"):
        make_release(course, "small")


def test_what_cannot_be_copied_is_refused(tmp_path: Path) -> None:
    """A pipe beside the master does not block the command, and a dangling link does not pass unseen."""
    course = small_course.write(tmp_path, small_course.master())
    for make in (os.mkfifo, lambda path: path.symlink_to("nowhere")):
        path = course / "source" / "small" / "odd.txt"
        make(path)
        with pytest.raises(ReleaseError, match=r"^nbgrader could not generate small: .*odd\.txt"):
            make_release(course, "small")
        path.unlink()


CONFIGURATIONS = {
    "none": (None, "does not have nbgrader strip and check solutions: write into that file"),
    "one that does not strip": ("c = get_config()", "does not have nbgrader strip and check solutions"),
    "one that is no Python": ("c = = 1", "cannot be run: SyntaxError: invalid syntax"),
    "one that needs what is not there": ("import nowhere", "cannot be run: ModuleNotFoundError: No module"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_a_configuration_that_would_release_solutions_is_refused(
    text: str | None, sentence: str, tmp_path: Path
) -> None:
    """The course's nbgrader_config.py decides, and nbgrader's own command has no other guard."""
    course = small_course.write(tmp_path, small_course.master())
    config = course / "nbgrader_config.py"
    config.unlink() if text is None else config.write_text(text)
    with pytest.raises(ReleaseError, match=rf"^nbgrader_config\.py {sentence}"):
        make_release(course, "small")
