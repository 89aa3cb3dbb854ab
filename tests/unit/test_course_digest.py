"""Claims about the digest of what judges: it changes with all that decides a score, and with nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from autograder.course import content
from autograder.course.folder import Course
from autograder.course.seeds import KEY
from autograder.course.settings import load_settings
from autograder.engines import runtime
from autograder.engines.docker import DockerEngine
from autograder.engines.process import ProcessEngine
from tests.helpers import tiny_course

RUNTIME = ["Python 3.13", "numpy==2.3"]


@pytest.fixture
def tiny(tmp_path: Path) -> Course:
    """A course that a test may change."""
    return tiny_course.write(tmp_path / "course", files={"worker.py": "", "shared.py": ""})


def digest(course: Course, lines: list[str] = RUNTIME) -> str:
    """The digest of an assignment where its code runs on these."""
    return content.digest(course, load_settings(course), lines)


def course_digest(course: Course) -> str:
    """The digest of what of the course decides a score."""
    return content.course_digest(course, load_settings(course))


DECIDING: dict[str, Callable[[Course], Path]] = {
    "a check": lambda course: course.checks / "test_double.py",
    "what checks share": lambda course: course.checks / "shared.py",
    "what checks ask of a worker": lambda course: course.worker_module,
    "the key": lambda course: course.checks / KEY,
    "the master": lambda course: course.master,
    "the release": lambda course: course.released,
    "a module that students get": lambda course: course.release / "helpers.py",
    "a folder of checks' data": lambda course: course.checks / "data" / "games.csv",
}


@pytest.mark.parametrize("what", DECIDING)
def test_what_decides_a_score_is_counted(what: str, tiny: Course):
    """A report made before it changed is not current any more, nor is a certificate."""
    path, before, of_course = DECIDING[what](tiny), digest(tiny), course_digest(tiny)
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".ipynb":
        add_cell(path, nbformat.v4.new_code_cell("1"))
    else:
        path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")
    assert digest(tiny) != before
    assert course_digest(tiny) != of_course


def add_cell(path: Path, cell: nbformat.NotebookNode) -> None:
    """Add a cell at the notebook's end."""
    notebook = json.loads(path.read_text())
    notebook["cells"].append(cell)
    path.write_text(json.dumps(notebook))


NOTEBOOKS = {"master": lambda course: course.master, "release": lambda course: course.released}


@pytest.mark.parametrize("which", NOTEBOOKS)
def test_prose_between_a_notebooks_cells_decides_nothing(which: str, tiny: Course):
    """A slip of the pen is mended without grading everybody anew."""
    before, of_course = digest(tiny), course_digest(tiny)
    add_cell(NOTEBOOKS[which](tiny), nbformat.v4.new_markdown_cell("Good luck!"))
    assert (digest(tiny), course_digest(tiny)) == (before, of_course)


@pytest.mark.parametrize("which", NOTEBOOKS)
def test_a_question_in_a_notebook_is_counted(which: str, tiny: Course):
    """Its text tells an answer from what was handed out."""
    before, of_course = digest(tiny), course_digest(tiny)
    about = {"nbgrader": {"grade_id": "why", "grade": True, "solution": True, "points": 2}}
    add_cell(NOTEBOOKS[which](tiny), nbformat.v4.new_markdown_cell("Why?", metadata=about))
    assert before != digest(tiny)
    assert of_course != course_digest(tiny)


def test_a_notebook_that_is_none_is_counted_as_it_is(tiny: Course):
    """Reading it says what is wrong with it."""
    tiny.master.write_text("{")
    before = digest(tiny)
    tiny.master.write_text("{{")
    assert digest(tiny) != before


LEFT_BEHIND: dict[str, Callable[[Course], Path]] = {
    "a model that running the master saved": lambda course: course.source / "pong.keras",
    "a module beside the master": lambda course: course.source / "helpers.py",
    "Jupyter's copy": lambda course: (
        course.release / ".ipynb_checkpoints" / "tiny-checkpoint.ipynb"
    ),
    "bytecode": lambda course: course.checks / "__pycache__" / "test_double.cpython-311.pyc",
    "bytecode of the release": lambda course: course.release / "__pycache__" / "helpers.pyc",
    "an editor's draft": lambda course: course.checks / ".test_double.py.swp",
    "pytest's cache": lambda course: course.checks / ".pytest_cache" / "README.md",
    "a case": lambda course: course.checks / "cases" / "correct" / "a" / "edits.py",
    "why a mutant is no mistake": lambda course: course.checks / content.EQUIVALENT,
    "what measuring the checks has shown": lambda course: course.checks / content.CERTIFICATE,
    "a figure that was released": lambda course: course.release / "figure.png",
    "another assignment's check": lambda course: course.checks.parent / "other" / "test_a.py",
    "another assignment's master": lambda course: course.root / "source" / "other" / "other.ipynb",
    "a submission": lambda course: course.root / "submitted" / "ada" / "tiny" / "tiny.ipynb",
}


@pytest.mark.parametrize("what", LEFT_BEHIND)
def test_what_decides_nothing_is_not_counted(what: str, tiny: Course):
    """No image is stale, and no report is made anew, since somebody has run a notebook or added a case."""
    path, before, of_course = LEFT_BEHIND[what](tiny), digest(tiny), course_digest(tiny)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    assert digest(tiny) == before
    assert course_digest(tiny) == of_course


def test_the_same_course_elsewhere_has_the_same_digest(tiny: Course, tmp_path: Path):
    """So the same report is current on every machine."""
    other = tiny_course.write(tmp_path / "other", files={"worker.py": "", "shared.py": ""})
    assert digest(other) == digest(tiny)


def test_text_does_not_move_between_files(tiny: Course):
    """Where a file ends is counted."""
    check, shared = tiny.checks / "test_double.py", tiny.checks / "shared.py"
    before = digest(tiny)
    shared.write_text(check.read_text())
    check.write_text("")
    assert digest(tiny) != before


def test_python_and_libraries_are_counted(tiny: Course, monkeypatch: pytest.MonkeyPatch):
    """Also where no image holds them: bubblewrap and process grade with those of this environment."""
    assert digest(tiny, ["Python 3.12", *RUNTIME[1:]]) != digest(tiny)
    before = ProcessEngine(tiny).digest()
    monkeypatch.setattr(runtime.platform, "python_version", lambda: "3.99.0")
    assert ProcessEngine(tiny).digest() != before


def test_the_images_recipe_and_the_locked_versions_are_counted(tiny: Course):
    """Another library in the image may score otherwise."""
    before = DockerEngine(tiny).digest()
    (tiny.root / "requirements.lock").write_text("numpy==2.3.1 --hash=sha256:00\n")
    locked = DockerEngine(tiny).digest()
    (tiny.root / "docker").mkdir()
    (tiny.root / "docker" / "prepare.sh").write_text("true\n")
    assert len({before, locked, DockerEngine(tiny).digest()}) == 3


DAILY = {
    "at the end": lambda text: f"{text}\n# On submit\n[submissions]\nper_day = 5\n",
    "before a table": lambda text: text.replace(
        "[exercises", "[submissions]\nper_day = 5\n\n[exercises", 1
    ),
    "in one line": lambda text: f"submissions = {{ per_day = 5 }}\n{text}",
    "in dotted keys": lambda text: f"submissions.per_day = 5\n{text}",
}


@pytest.mark.parametrize("place", DAILY)
def test_how_often_a_day_is_graded_on_submit_decides_nothing(place: str, tiny: Course):
    """It is asked before anything is graded: setting or changing it grades nobody again."""
    tiny.settings.write_text(f"{tiny.settings.read_text()}\n")
    before, of_course = digest(tiny), course_digest(tiny)
    tiny.settings.write_text(DAILY[place](tiny.settings.read_text()))
    assert load_settings(tiny).submissions.per_day == 5
    assert (digest(tiny), course_digest(tiny)) == (before, of_course)
    tiny.settings.write_text(tiny.settings.read_text().replace("= 5", "= 6"))
    assert digest(tiny) == before


def test_an_engines_image_is_named_for_its_assignment_and_its_digest(tiny: Course):
    """So a stale image is never graded with, nor another assignment's."""
    engine = DockerEngine(tiny)
    assert engine.image == f"autograder:tiny-{engine.digest().removeprefix('sha256:')[:16]}"


AFTERWARDS = {
    "a due date": "due = 2026-10-31T23:59:00\ntimezone = 'Europe/Berlin'\n",
    "a late rule": "due = 2026-10-31T23:59:00\nlate = { percent_a_day = 10 }\n",
    "where students get it": "release = { address = 'https://course.example/a.zip' }\n",
    "a comment": "# Until then.\n",
}


@pytest.mark.parametrize("what", AFTERWARDS)
def test_what_is_applied_to_finished_reports_decides_nothing(what: str, tiny: Course):
    """Setting or changing it grades nobody again."""
    before, of_course = digest(tiny), course_digest(tiny)
    tiny.settings.write_text(AFTERWARDS[what] + tiny.settings.read_text())
    assert digest(tiny) == before
    assert course_digest(tiny) == of_course


@pytest.mark.parametrize("what", ["", *AFTERWARDS])
def test_all_other_settings_decide(what: str, tiny: Course):
    """A limit, say, whatever stands beside it."""
    text = AFTERWARDS.get(what, "") + tiny.settings.read_text()
    tiny.settings.write_text(text)
    before, of_course = digest(tiny), course_digest(tiny)
    tiny.settings.write_text("variables.A = '1'\n" + text)
    assert digest(tiny) != before
    assert course_digest(tiny) != of_course
