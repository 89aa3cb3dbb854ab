"""Claims about the live view where students watch it: in JupyterLab and in Jupyter Notebook.

A real browser opens the release with the reference's solutions filled in, runs all cells, and looks at
the picture under the cell in which the trained agent plays, each time before it repaints the page.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass

import PIL.Image
import pytest

from autograder.cases.student_edits import Edit, Notebook, find
from tests.helpers import browser, live_notebook
from tests.helpers.live_notebook import SHORT_GAMES, WATCHED, Look

pytestmark = pytest.mark.browser

EVALUATIONS = ("evaluate_untrained", "evaluate_model", WATCHED)


@dataclass(frozen=True)
class Watched:
    """What was seen of the trained agent's game, and the notebook that was saved after it."""

    looks: list[list[Look]]
    notebook: Notebook


@pytest.fixture(scope="module", params=["jupyterlab", "notebook"])
def watched(
    request: pytest.FixtureRequest,
    unless: Callable[[bool, str], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Watched:
    """The notebook run from top to bottom, one training episode, games of 75 steps."""
    problem = browser.missing()
    unless(problem is None, str(problem))
    folder = tmp_path_factory.mktemp(request.param)
    with live_notebook.opened(
        request.param, folder, [Edit("after", "evaluate", SHORT_GAMES)]
    ) as page:
        page.run_all_cells()
        page.wait_for_the_end()
        return Watched(page.looks(), page.save())


def test_the_game_moves(watched: Watched):
    """One picture after the other is seen while the agent plays."""
    assert len({picture.source for look in watched.looks for picture in look}) >= 20


def test_the_picture_does_not_flicker(watched: Watched):
    """From the first on there is one picture at each repaint, in one place and of one size."""
    assert all(len(look) == 1 and look[0].painted for look in watched.looks)
    places = {(look[0].x, look[0].y, look[0].width, look[0].height) for look in watched.looks}
    assert [place[2:] for place in places] == [(320, 420)]


@pytest.mark.parametrize("cell", EVALUATIONS)
def test_the_saved_notebook_holds_one_small_picture(cell: str, watched: Watched):
    """Of a whole game the file keeps its last screen, in less than 10 kB."""
    cells = watched.notebook["cells"]
    picture, score = cells[find(cells, cell)]["outputs"]
    assert picture["data"].keys() == {"image/png", "text/plain"}
    png = base64.b64decode(picture["data"]["image/png"])
    assert len(png) < 10_000
    assert PIL.Image.open(io.BytesIO(png)).size == (320, 420)
    assert score["output_type"] == "stream"
