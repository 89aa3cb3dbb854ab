"""Claims about a released notebook that comes alone, to Colab say: it shows its pictures, and knows the zip."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.course.folder import Course
from autograder.course.settings import load_settings
from autograder.errors import ReleaseError, SettingsError
from autograder.release import alone
from autograder.release.generate import make_release
from tests.helpers import small_course

ROOT = small_course.ROOT
PICTURE = b"\x89PNG and so on"
FETCH = f'{alone.ADDRESS}  # of the zip\nprint(ADDRESS, "{alone.ADDRESS[:7]}")'
Release = Callable[..., dict[str, NotebookNode]]


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """Releases the small master with this text and these settings; returns the cells by id."""

    def made(text: str = "", settings: str = "") -> dict[str, NotebookNode]:
        notebook = small_course.master()
        notebook.cells[0].source = text
        notebook.cells.insert(1, small_course.code("fetch", FETCH, locked=True))
        course = small_course.write(tmp_path, notebook)
        (course / "source" / "small" / "figures" / "a.png").write_bytes(PICTURE)
        if settings:
            small_course.settings(course, settings + "[exercises.returns]\nchecks = { sums = 1 }\n")
        make_release(course, "small")
        released = nbformat.read(course / "release" / "small" / "small.ipynb", as_version=4)
        return {cell.id: cell for cell in released.cells}

    return made


def test_a_picture_of_the_folder_is_in_the_notebook(release: Release):
    """As data that every Jupyter and Colab shows; the text around it stays as it is."""
    (text,) = [c.source for c in release("One ![a graph](figures/a.png) two").values() if "One" in c.source]
    data = base64.b64encode(PICTURE).decode()
    assert text == f"One ![a graph](data:image/png;base64,{data}) two"


def test_a_picture_elsewhere_stays_an_address(release: Release):
    """Nothing is fetched while a release is made."""
    text = "![a graph](https://pictures.example/a.png)"
    assert text in [cell.source for cell in release(text).values()]


@pytest.mark.parametrize("name", ["figures/none.png", "../../nbgrader_config.py", "figures"])
def test_a_picture_that_is_not_there_stops_the_release(release: Release, name: str):
    """The sentence names the cell and the picture."""
    with pytest.raises(ReleaseError, match=f"cell 'text'.*{re.escape(name)}"):
        release(f"![]({name})")


def test_what_is_no_picture_is_not_shown_as_one(release: Release):
    """A program, say."""
    with pytest.raises(ReleaseError, match=r"utils\.py is shown as a picture"):
        release("![](utils.py)")


def test_a_notebook_carries_no_huge_picture(release: Release, monkeypatch: pytest.MonkeyPatch):
    """The sentence says how large it may be."""
    monkeypatch.setattr(alone, "_MOST", 5)
    with pytest.raises(ReleaseError, match="has 14 bytes, more than the 5"):
        release("![](figures/a.png)")


def test_the_address_of_the_course_stands_in_the_notebook(release: Release):
    """Where a cell has the line for it, and nowhere else."""
    settings = 'title = "Small"\n[release]\naddress = "https://course.example/small.zip"\n'
    first, second = release(settings=settings)["fetch"].source.split("\n")
    assert first == 'ADDRESS = "https://course.example/small.zip"  # of the zip'
    assert second == FETCH.split("\n")[1]


def test_without_an_address_the_cell_stays_as_it_is(release: Release):
    """It then asks for the zip."""
    assert release()["fetch"].source == FETCH


@pytest.mark.parametrize("address", ["small.zip", "ftp://a/b", "https://a b", 'https://a\\"b'])
def test_an_address_is_one_that_can_be_fetched(tmp_path: Path, address: str):
    """Anything else is refused where the settings are read."""
    course = small_course.write(tmp_path, small_course.master())
    small_course.settings(course, f'title = "Small"\n[release]\naddress = "{address}"\n')
    with pytest.raises(SettingsError, match=r"release\.address"):
        load_settings(Course(course, "small"))


def test_no_released_notebook_here_needs_a_file_for_a_picture():
    """Of all assignments."""
    for path in (ROOT / "release").glob("*/*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        pictures = re.findall(r"!\[[^]]*\]\((.{5})", "".join(c.source for c in cells))
        assert set(pictures) <= {"data:"}
