"""Claims about what of ours may break while nbgrader autogrades: nobody loses a grade, and it goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder import report
from autograder.course.folder import Course
from autograder.engines.registry import Choice
from autograder.errors import EngineError
from autograder.nbgrader import enter, grading
from autograder.nbgrader.config import configure
from autograder.report import Judgement
from tests.helpers import nbgrader_course
from tests.helpers.fake_engine import FakeEngine
from tests.helpers.grading import LIGHT, Notebooks
from tests.helpers.standings import judgement

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory, light_notebooks: Notebooks) -> Course:
    """A course with three submissions, all of the same bytes but one."""
    course = nbgrader_course.lay_out(tmp_path_factory.mktemp("course"))
    for student in ("ada", "ben", "cleo"):
        nbgrader_course.hand_in(course, student, light_notebooks.solved())
    enter.prepare(course, f"sqlite:///{course.root}/gradebook.db")
    return course


def autograde(course: Course, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run what `nbgrader autograde --force` runs; return what it raised, or nothing."""
    monkeypatch.setattr(grading, "choose", lambda course, asked_for: Choice(engine, "a fake one."))
    config = Config()
    configure(config, course.root)
    config.Application.pop("logging_config")
    directory = CourseDirectory(root=str(course.root), assignment_id=LIGHT, config=config)
    try:
        Autograde(coursedir=directory, config=config, force=True).start()
    except NbGraderException as error:
        return str(error)
    return ""


def scores(course: Course) -> dict[str, float]:
    """What the gradebook has."""
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        return {s.student.id: s.score for s in book.assignment_submissions(LIGHT)}


def test_a_fault_of_ours_costs_nobody_a_grade(course: Course, monkeypatch: pytest.MonkeyPatch):
    """Whoever had one keeps it, is shown as waiting for autograding, and the others are graded anew."""
    assert (
        autograde(course, FakeEngine(lambda notebook, call: judgement(first=0.5)), monkeypatch)
        == ""
    )
    assert scores(course) == {"ada": 60.0, "ben": 60.0, "cleo": 60.0}
    changed = course.root / "submitted" / "ben" / LIGHT / f"{LIGHT}.ipynb"
    changed.write_bytes(changed.read_bytes() + b"\n")

    def breaks_on_bens(notebook: bytes, call: int) -> Judgement:
        is_bens = notebook == changed.read_bytes()
        return report.grader_error("a check of ours broke", 100.0) if is_bens else judgement()

    for name in ("ada", "cleo"):
        (course.root / "graded" / LIGHT / f"{name}.json").unlink()
    assert autograde(course, FakeEngine(breaks_on_bens), monkeypatch)
    assert scores(course) == {"ada": 80.0, "ben": 60.0, "cleo": 80.0}
    directory = CourseDirectory(root=str(course.root))
    waiting = NbGraderAPI(directory).get_submission(LIGHT, "ben")
    assert (waiting["submitted"], waiting["autograded"]) == (True, False)


def test_decisions_count_in_autograde_too(course: Course, monkeypatch: pytest.MonkeyPatch):
    """Those about the student alone, and being late takes off what assignment.toml says."""
    (course.root / "decisions.csv").write_text(
        "student,exercise,points,reason\naaron,plain_returns,1,not here\nada,plain_returns,30,oral\n"
    )
    before = course.settings.read_text()
    late = "due = 2026-11-20T11:00:00Z\n[late]\npercent_a_day = 10\n"
    head, tables = before.split("\n[", 1)
    course.settings.write_text(f"{head}\n{late}\n[{tables}")
    engine = FakeEngine(lambda notebook, call: judgement())
    (course.root / "graded" / LIGHT / "ada.json").unlink(missing_ok=True)
    autograde(course, engine, monkeypatch)
    with Gradebook(f"sqlite:///{course.root}/gradebook.db") as book:
        found = book.find_submission(LIGHT, "ada")
        assert (found.score, found.late_submission_penalty) == (70.0, 7.0)
        assert found.total_seconds_late == 3600.0
    course.settings.write_text(before)
    (course.root / "decisions.csv").unlink()


def test_without_an_engine_nothing_changes(course: Course, monkeypatch: pytest.MonkeyPatch):
    """And nothing is run in another way."""

    def none(course: Course, asked_for: str) -> Choice:
        raise EngineError("No engine works here.")

    before = scores(course)
    (course.root / "graded" / LIGHT / "ada.json").unlink(missing_ok=True)
    engine = FakeEngine()
    monkeypatch.setattr(engine, "start", lambda: none(course, ""))
    monkeypatch.setattr("autograder.batch.retry._PAUSE", 0.0)
    assert autograde(course, engine, monkeypatch)
    assert scores(course) == before
    assert not Path(course.root, "autograded", "ada").joinpath(LIGHT).exists()


def test_an_assignment_without_checks_is_not_run_in_another_way(
    course: Course, monkeypatch: pytest.MonkeyPatch
):
    """It is refused with a sentence, for the hidden checks say what is right."""
    before = scores(course)
    away = course.settings.rename(course.settings.with_suffix(".away"))
    engine = FakeEngine()
    said = autograde(course, engine, monkeypatch)
    away.rename(course.settings)
    assert f"checks/{LIGHT}/assignment.toml is missing" in said
    assert (engine.sessions, scores(course)) == ([], before)
