"""Claims about the pages of a hostile class: whatever students chose is text there, and runs nowhere.

A real browser opens every page that `autograder report` writes of a class whose names, code, answers and
messages try to be more than text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.pages import handing_back, write
from autograder.pages.visible import Moment
from tests.helpers import browser, paged_class
from tests.helpers.browser import Open
from tests.helpers.hostile_notebook import OWNED, RUN, SITE
from tests.helpers.paged_class import PagedClass

pytestmark = pytest.mark.browser

IN_CODE = {"B.", "I."}  # which words are keywords or comments depends on the text


def pages(made: PagedClass, folder: Path) -> list[Path]:
    """Every page of a class: the instructor's folder, and the files for students."""
    material = made.material()
    write.for_instructor(material, folder / "pages")
    placed = handing_back.places(material, folder / "feedback", "files")
    write.for_students(material, placed.files, Moment.PUBLISHED)
    return sorted(folder.rglob("*.html"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The pages of the hostile class."""
    folder = tmp_path_factory.mktemp("hostile")
    return pages(paged_class.hostile(folder / "course"), folder / "made")


@pytest.fixture(scope="module")
def open_page(unless: Callable[[bool, str], None]) -> Iterator[Open]:
    """Opens pages of this machine's disk, and nothing else."""
    problem = browser.missing()
    unless(problem is None, str(problem))
    with browser.browser(lambda address: address.startswith("file:///"), "load") as opened:
        yield opened


def test_nothing_runs_and_nothing_is_asked_for(hostile: list[Path], open_page: Open):
    """No dialog, no request to anywhere, no attribute that is a program, no title of theirs."""
    assert len(hostile) == 2 * (2 + len(paged_class.NAMES) + 2) + 1 + 1
    for path in hostile:
        page = open_page(path.as_uri())
        assert (page.dialogs, page.asked, page.live) == ([], [], []), path.name
        assert page.title != OWNED


def test_no_element_is_theirs(hostile: list[Path], tmp_path: Path, open_page: Open):
    """The pages have the very elements that pages of harmless words have, in the same order."""
    harmless = pages(paged_class.harmless(tmp_path / "course"), tmp_path / "made")

    def elements(paths: list[Path]) -> list[list[str]]:
        found = (open_page(path.as_uri()).elements for path in paths)
        return sorted([each for each in page if each not in IN_CODE] for page in found)

    assert elements(hostile) == elements(harmless)


def test_text_stays_text(hostile: list[Path], open_page: Open):
    """Whoever reads the pages sees what was written, and what would have turned it around spelled out."""
    coded = [path for path in hostile if path.name.startswith("with code")]
    assert len(coded) == 4
    for path in coded:
        text = open_page(path.as_uri()).text
        assert f"<script>{RUN}</script>" in text
        assert "<U+202E>" in text
        assert "{{ 7 * 7 }}" in text
        assert "\u202e" not in text


@pytest.mark.parametrize(
    "place", ["pages/index.html", "pages/students/absent.html", "feedback/faulty.html"]
)
def test_the_policy_holds_where_escaping_would_fail(
    place: str, hostile: list[Path], open_page: Open
):
    """Markup that was put into the finished page by hand runs nothing and asks for nothing."""
    path = next(path for path in hostile if path.as_posix().endswith(place))
    put = (
        f"<script>{RUN}</script><img src='http://{SITE}/x' onerror=\"{RUN}\"><iframe srcdoc='x'></iframe>"
        f"<link rel='stylesheet' href='http://{SITE}/x.css'><a id='x' href=\"javascript:{RUN}\">x</a>"
        f"<svg onload=\"{RUN}\"></svg><form action='http://{SITE}'></form></main>"
    )
    spoilt = path.with_name("spoilt.html")
    spoilt.write_text(path.read_text("utf-8").replace("</main>", put), "utf-8")
    try:
        page = open_page(spoilt.as_uri())
    finally:
        spoilt.unlink()
    assert page.live  # it is there
    assert (page.dialogs, page.asked) == ([], [])
    assert page.title != OWNED
