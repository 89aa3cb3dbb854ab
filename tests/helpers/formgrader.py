"""nbgrader's formgrader in a real browser, on a small class of the light assignment.

    python -m tests.helpers.formgrader docs

draws what instructors and students see there: the pictures of docs/nbgrader.md.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import PIL.Image
from nbgrader.api import Gradebook

from autograder.course.folder import Course
from tests.helpers import browser, nbgrader_course
from tests.helpers.grading import LIGHT, ROOT, Notebooks

WRONG = """\
def plain_returns(rewards, gamma):
    returns = np.zeros(len(rewards))
    for t in range(len(rewards)):
        returns[t] = rewards[t] * gamma**t
    return returns"""
ANSWER = "The baseline does not depend on the action, so it changes the noise and not the mean."
PICTURES = ("nbgrader-formgrader.png", "nbgrader-submissions.png", "nbgrader-feedback.png")
MINUTE = 60_000  # Playwright counts in milliseconds
STUDENTS = {"ada": "Ada Lovelace", "ben": "Ben Bitdiddle", "cleo": "Cleo Patra"}


def lay_out(folder: Path, engine: str) -> Course:
    """Write a course of three: Ada is right, Ben wrong in one exercise, Cleo has not begun."""
    course = nbgrader_course.lay_out(folder)
    with (folder / nbgrader_course.CONFIG).open("a") as config:
        config.write(f'c.SandboxGrading.engine = "{engine}"\n')
    notebooks = Notebooks(course)
    nbgrader_course.hand_in(course, "ada", notebooks.solved())
    nbgrader_course.hand_in(course, "ben", answered(notebooks.solved(plain_returns=WRONG)))
    nbgrader_course.hand_in(course, "cleo", notebooks.released())
    lines = [f"{id},{name.replace(' ', ',')}\n" for id, name in STUDENTS.items()]
    (folder / "roster.csv").write_text("".join(["id,first_name,last_name\n", *lines]))
    return course


def answered(notebook: bytes) -> bytes:
    """The notebook with another answer in words."""
    node = nbformat.reads(notebook.decode(), as_version=4)
    (cell,) = [c for c in node.cells if c.get("id") == "why-baseline"]
    cell.source = ANSWER
    return nbformat.writes(node).encode()


class Formgrader:
    """A page in a browser that is logged in to a course's formgrader."""

    def __init__(self, page: Any, address: str, course: Course) -> None:
        self.page, self._address, self._course = page, address, course

    def opens(self, path: str) -> None:
        """Open one of formgrader's pages."""
        self.page.goto(f"{self._address}/formgrader/{path}", wait_until="networkidle")

    def opens_submission(self, student: str) -> None:
        """Open the page on which a student's notebook is graded by hand."""
        with Gradebook(f"sqlite:///{self._course.root}/gradebook.db") as book:
            notebook = book.find_submission_notebook(LIGHT, LIGHT, student)
            path = f"submissions/{notebook.id}/?index=0"
        self.opens(path)

    def autogrades(self, student: str) -> str:
        """Press the button in a student's row; return what the dialog says that then comes up."""
        self.opens(f"manage_submissions/{LIGHT}")
        row = self.page.locator("tbody tr", has_text=student).first
        row.locator("td.autograde a").click()
        dialog = self.page.locator(".modal.in, .modal.show")
        dialog.wait_for(timeout=5 * MINUTE)
        return str(dialog.inner_text())


@contextmanager
def opened(course: Course, width: int = 1100, height: int = 1000) -> Iterator[Formgrader]:
    """Start formgrader in the course's folder and a browser that reaches it and the feedback there."""
    own = (f"file://{course.root}/feedback/", "http://127.0.0.1:", "data:")
    with (
        nbgrader_course.formgrader(course.root) as (address, token),
        browser.page(lambda asked: asked.startswith(own), width, height) as page,
    ):
        page.set_default_timeout(2 * MINUTE)
        page.goto(f"{address}/api/status?token={token}")  # from here on the browser is logged in
        yield Formgrader(page, address, course)


def feedback(course: Course, student: str) -> str:
    """The address of a student's feedback."""
    return (course.root / "feedback" / student / LIGHT / f"{LIGHT}.html").as_uri()


def draw(folder: Path, say: Callable[[str], None] = print) -> None:
    """Write the pictures of the docs."""
    with tempfile.TemporaryDirectory() as own:
        course = lay_out(Path(own), "bubblewrap")
        nbgrader_course.autograde(course, engine="bubblewrap")
        nbgrader_course.autograder(course, "export", "nbgrader", "--roster", "roster.csv")
        nbgrader_course.nbgrader(course.root, "generate_feedback", LIGHT)
        with opened(course, height=1180) as formgrader:
            page = formgrader.page
            formgrader.opens_submission("ben")
            _scroll_to(page, "Student's answer")
            page.screenshot(path=folder / PICTURES[0])
            formgrader.opens(f"manage_submissions/{LIGHT}")
            page.locator("text=Bitdiddle").first.wait_for()
            page.screenshot(path=folder / PICTURES[1], clip=_top(page, 500))
            page.goto(feedback(course, "ben"), wait_until="load")
            _scroll_to(page, "Student's answer")
            page.screenshot(path=folder / PICTURES[2], clip=_top(page, 640))
    for name in PICTURES:
        _with_few_colours(folder / name)
        say(f"{folder / name}: {(folder / name).stat().st_size} bytes")


def _scroll_to(page: Any, text: str) -> None:
    page.locator(f"text={text}").first.evaluate(
        "element => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 80)"
    )


def _top(page: Any, height: int) -> dict[str, int]:
    return {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}


def _with_few_colours(path: Path) -> None:
    """Write a picture anew with 64 colours, which is a third of its size and looks the same."""
    picture = PIL.Image.open(path).convert("RGB").quantize(64)
    picture.save(path, optimize=True)


if __name__ == "__main__":
    draw(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs"))
