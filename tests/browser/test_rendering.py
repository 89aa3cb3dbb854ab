"""Claims about nbgrader's pages and log: whatever a student's notebook says is text there, and runs nowhere.

nbgrader's own commands make everything here, with this course's configuration: it autogrades a hostile
notebook, writes feedback, and its formgrader serves pages, which a real browser opens.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.helpers import browser, hostile_notebook, nbgrader_course, small_class, small_course
from tests.helpers.browser import Open, Opened
from tests.helpers.hostile_notebook import OWNED, SITE, words
from tests.helpers.nbgrader_course import nbgrader

pytestmark = pytest.mark.browser

HONEST, HOSTILE, STALE = "ada", "<img src=x onerror=alert(1)>", "eve\x1b]0;x\x07\u202e"
EXERCISE = "discount_rewards"
# It calls the student's function, so that our sentence quotes what the function raises.
CHECK = """\
def test_values(student):
    '''They are what they should be.'''
    assert list(student.discount_rewards([1.0], 0.5)) == [1.0]
"""
RAISES = f"""\
def discount_rewards(rewards, gamma):
    ### START CODE ###
    raise ValueError({hostile_notebook.CLOSES + " word-comment **not bold** [x](javascript:alert(1))"!r})
    ### END CODE ###
"""


def master() -> nbformat.NotebookNode:
    """The small master, its exercise named for the function that is asked for."""
    notebook = small_course.master()
    for cell in notebook.cells:
        if grade_id(cell).startswith("returns"):
            cell.metadata.nbgrader.grade_id = grade_id(cell).replace("returns", EXERCISE)
    return notebook


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with three submissions, autograded by nbgrader, and their feedback.

    One is honest. One is hostile, also in what its code raises. One was autograded before this
    configuration was there: what is in its `autograded/` came as it is.
    """
    course = small_course.write(tmp_path_factory.mktemp("course"), master())
    small_course.settings(course, small_class.SETTINGS.replace("returns", EXERCISE))
    (course / "checks" / "small" / f"test_{EXERCISE}.py").write_text(CHECK)
    (course / "checks" / "small" / "seed.key").write_text("17" * 32)
    nbgrader(course, "generate_assignment", "small")
    released = course / "release" / "small" / "small.ipynb"
    for student in (HONEST, HOSTILE, STALE):
        folder = course / "submitted" / student / "small"
        folder.mkdir(parents=True)
        shutil.copy(released, folder)
    notebook = nbformat.read(released, as_version=4)
    (cell,) = (c for c in notebook.cells if "def discount_rewards" in c.source)
    kept, cell.source = cell.source, RAISES
    hostile = hostile_notebook.to_bytes(hostile_notebook.spoil(notebook))
    cell.source = kept
    (course / "submitted" / HOSTILE / "small" / "small.ipynb").write_bytes(hostile)
    said = nbgrader(course, "autograde", "small", "--SandboxGrading.engine=process")
    (course / "autograde.log").write_text(said)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"  # nbconvert shows no notebook with ids of another kind
    stale = hostile_notebook.to_bytes(hostile_notebook.stored(notebook))
    path = course / "autograded" / STALE / "small" / "small.ipynb"
    path.chmod(0o644)
    path.write_bytes(stale)
    (course / "feedback.log").write_text(nbgrader(course, "generate_feedback", "small"))
    return course


@pytest.fixture(scope="module")
def formgrader(course: Path) -> Iterator[str]:
    """The address of a Jupyter server in that course with nbgrader's formgrader in it."""
    with nbgrader_course.formgrader(course) as (address, token):
        yield f"{address}|{token}"


@pytest.fixture(scope="module")
def open_page(unless: Callable[[bool, str], None], course: Path) -> Iterator[Open]:
    """Opens a page of this course in a browser that reaches this machine alone."""
    problem = browser.missing()
    unless(problem is None, str(problem))
    own = (f"file://{course}/feedback/", "http://127.0.0.1:")
    with browser.browser(lambda address: address.startswith(own)) as opened:
        yield opened


def feedback(course: Path, student: str) -> str:
    """The address of a student's feedback."""
    return (course / "feedback" / student / "small" / "small.html").as_uri()


def test_what_autograde_keeps_is_text(course: Path):
    """Nothing that was displayed, no widget, attachment or metadata of the student's in `autograded/`."""
    path = course / "autograded" / HOSTILE / "small" / "small.ipynb"
    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"nbgrader"}
        assert "attachments" not in cell
        for output in cell.get("outputs", []):  # our own sentences: nothing else printed anything
            assert grade_id(cell) == EXERCISE
            assert (output.output_type, output.name) == ("stream", "stdout")


def test_the_log_is_text(course: Path):
    """Neither names nor exceptions steer the terminal on which an instructor runs nbgrader."""
    for name in ("autograde.log", "feedback.log"):
        said = (course / name).read_text()
        assert "<U+001B>]0;x<U+0007><U+202E>" in said
        assert not [c for c in said if not c.isprintable() and c != "\n"]


def grade_id(cell: nbformat.NotebookNode) -> str:
    """A cell's name in nbgrader, if it has one."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def is_harmless(page: Opened, honest: Opened) -> None:
    """Nothing ran, nothing was asked for that an honest submission's page does not ask for too."""
    assert page.dialogs == []
    assert page.title == honest.title != OWNED
    assert sorted(page.asked) == sorted(honest.asked)
    assert not [address for address in page.asked if SITE in address]
    assert page.live == honest.live


@pytest.mark.parametrize("student", [HOSTILE, STALE], ids=["hostile", "stale"])
def test_feedback_shows_text_and_runs_nothing(student: str, course: Path, open_page: Open):
    """All that the notebook says can be read."""
    page = open_page(feedback(course, student))
    is_harmless(page, open_page(feedback(course, HONEST)))
    expected = words() | (
        {"word-comment"} if student == HOSTILE else {"word-stored", "word-stream"}
    )
    assert [word for word in expected if word not in page.text] == []
    assert "\u202e" not in page.text
    assert "<script>" in page.text
    said = page.text.count("word-comment **not bold** [x](javascript:alert(1))")
    assert said == (2 if student == HOSTILE else 0), "It stands in the source, and in our comment."


def test_feedback_shows_the_instructors_prose_as_markdown(course: Path, open_page: Open):
    """And the pictures that a cell drew."""
    page = open_page(feedback(course, HONEST))
    assert "# Returns" not in page.text
    assert "Write discount_rewards(rewards, gamma)." in page.text
    written = (course / "feedback" / STALE / "small" / "small.html").read_text()
    assert hostile_notebook.PNG in written


def test_formgrader_shows_text_and_runs_nothing(course: Path, formgrader: str, open_page: Open):
    """On the page where an instructor grades by hand, and on the lists that lead there."""
    address, token = formgrader.split("|")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        ids = {s.student.id: s.id for s in gradebook.notebook_submissions("small", "small")}
    assert set(ids) == {HONEST, HOSTILE, STALE}
    open_page(f"{address}/api/status?token={token}")  # from here on the browser is logged in
    pages = {
        student: open_page(f"{address}/formgrader/submissions/{ids[student]}/?index=0")
        for student in ids
    }
    for student, extra in ((HOSTILE, set[str]()), (STALE, {"word-stored"})):
        is_harmless(pages[student], pages[HONEST])
        assert [word for word in words() | extra if word not in pages[student].text] == []
    for path in ("manage_submissions/small", "manage_students"):
        page = open_page(f"{address}/formgrader/{path}", shows=HOSTILE)
        assert page.dialogs == page.asked == []
