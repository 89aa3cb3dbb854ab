"""The student's notebook, filled in and run in JupyterLab or Jupyter Notebook, in a real browser.

    python -m tests.helpers.live_notebook docs/jupyterlab.png

draws JupyterLab while the trained agent plays.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.cases import student_edits
from autograder.cases.student_edits import Edit, Edits, Notebook
from samples import corpus
from samples.corpus import ASSIGNMENT, FILE, ROOT
from tests.helpers import browser, jupyter_server

WATCHED = "evaluate_trained"
SHORT_GAMES = 'visible_env = PongEnv(max_steps=75, render_mode="rgb_array")  # five seconds each'
WHOLE_GAMES = 'visible_env = PongEnv(render_mode="rgb_array")'
MINUTE = 60_000  # Playwright counts in milliseconds

# Looks at the picture under a cell before each repaint of the page, from the first picture on.
_WATCH = """index => {
  const cell = document.querySelectorAll('.jp-Notebook .jp-Cell')[index];
  window.looks = [];
  const look = () => {
    const pictures = [...cell.querySelectorAll('.jp-OutputArea-output :is(img, svg)')];
    if (pictures.length && !window.looks.length) cell.scrollIntoView();
    if (pictures.length || window.looks.length) window.looks.push(pictures.map(picture => {
      const {x, y, width, height} = picture.getBoundingClientRect();
      const area = picture.closest('.jp-OutputArea').getBoundingClientRect();
      const painted = picture.tagName != 'IMG' || picture.complete && picture.naturalWidth > 0;
      return [picture.src ?? picture.outerHTML, painted, x - area.x, y - area.y, width, height];
    }));
    requestAnimationFrame(look);
  };
  look();
}"""

# What went wrong in any cell, or whether this cell has such an element with a text like this.
_HAS_COME = """([index, selector, pattern]) => {
  const errors = document.querySelectorAll('.jp-OutputArea [data-mime-type*="jupyter.error"]');
  const cell = document.querySelectorAll('.jp-Notebook .jp-Cell')[index];
  return [...errors].map(error => error.textContent).join('') ||
    [...cell.querySelectorAll(selector)].some(element => element.textContent.match(pattern));
}"""


@dataclass(frozen=True)
class Look:
    """One picture under a cell in one look at it: where in the output it is, and how large."""

    source: str
    painted: bool
    x: float
    y: float
    width: float
    height: float


class Page:
    """The notebook in a browser; raises AssertionError where one of its cells fails."""

    def __init__(self, page: Any, path: Path) -> None:
        self._page = page
        self._path = path
        cells = read(path)["cells"]
        self._watched = student_edits.find(cells, WATCHED)
        page.wait_for_function(
            f"document.querySelectorAll('.jp-Notebook .jp-Cell').length == {len(cells)}"
        )
        page.locator("[data-status=idle]").first.wait_for(timeout=MINUTE)

    def run_all_cells(self) -> None:
        """Start all cells, and look from now on at the picture under the watched one."""
        self._page.evaluate(_WATCH, self._watched)
        self._page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
        self._page.locator(".lm-Menu-itemLabel").get_by_text("Run All Cells", exact=True).click()

    def wait_for_a_picture(self) -> None:
        """Until the watched cell shows its first one."""
        self._wait_for(".jp-OutputArea-output :is(img, svg)", "")

    def wait_for_the_end(self) -> None:
        """Until the watched cell has run, and there is a number beside it instead of a star."""
        self._wait_for(".jp-InputPrompt", r"\d")

    def _wait_for(self, selector: str, pattern: str) -> None:
        arguments = [self._watched, selector, pattern]
        came = self._page.wait_for_function(_HAS_COME, arg=arguments, timeout=5 * MINUTE)
        assert came.json_value() is True, came.json_value()

    def looks(self) -> list[list[Look]]:
        """What was under the watched cell before each repaint since its first picture."""
        looks = self._page.evaluate("window.looks")
        return [[Look(*picture) for picture in look] for look in looks]

    def save(self) -> Notebook:
        """Save the notebook and return what is in the file."""
        with self._page.expect_response(
            lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url
        ):
            self._page.keyboard.press("Control+s")
        return read(self._path)

    def draw(self, path: Path, seconds: float) -> None:
        """Write a screenshot to `path` after so many seconds, the cell's text above in view."""
        self._page.mouse.move(0, 0)  # nothing lights up below it
        cells = ".jp-Notebook .jp-Cell"
        self._page.locator(cells).nth(self._watched - 1).evaluate("cell => cell.scrollIntoView()")
        self._page.wait_for_timeout(1000 * seconds)
        self._page.screenshot(path=path)


@contextmanager
def opened(application: str, folder: Path, edits: list[Edit]) -> Iterator[Page]:
    """Open the release in "jupyterlab" or "notebook", with all exercises solved and these edits."""
    assignment, own = folder / ASSIGNMENT, folder / "jupyter"
    own.mkdir()
    write_assignment(assignment, edits)
    with (
        jupyter_server.serve(application, assignment, own, NR_EPISODES="1") as address,
        browser.page(lambda url: url.startswith("http://127.0.0.1:"), 1200, 900) as page,
    ):
        page.goto(address.format(FILE))
        yield Page(page, assignment / FILE)


def write_assignment(folder: Path, edits: list[Edit]) -> None:
    """Write what a student downloads to `folder`, and fill in the master's solutions."""
    shutil.copytree(ROOT / "release" / ASSIGNMENT, folder)
    solved = corpus.base_notebook("solved")["cells"]
    solutions = [
        Edit("replace", str(student_edits.grade_id(cell)), cell["source"])
        for cell in solved
        if cell["metadata"].get("nbgrader", {}).get("solution")
    ]
    edited = Edits("solved in the release", base="release", changes=solutions + edits)
    notebook = student_edits.apply(edited, corpus.base_notebook)
    (folder / FILE).write_bytes(student_edits.dump(notebook))


def read(path: Path) -> Notebook:
    """Read a notebook."""
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def main() -> None:
    """Draw JupyterLab while the trained agent plays."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("path", type=Path, help="the picture, a .png")
    path = parser.parse_args().path
    edits = [Edit("after", "evaluate", SHORT_GAMES), Edit("after", "evaluate_model", WHOLE_GAMES)]
    with (
        tempfile.TemporaryDirectory() as folder,
        opened("jupyterlab", Path(folder), edits) as page,
    ):
        page.run_all_cells()
        page.wait_for_a_picture()
        page.draw(path, seconds=20)


if __name__ == "__main__":
    main()
