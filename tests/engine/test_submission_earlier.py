"""Claims about notebooks of an earlier release: what is right in them counts, what was given does not."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.cases.student_edits import find, strip_metadata
from autograder.course.folder import Course
from autograder.errors import ReleaseError
from autograder.report import Judgement, State, Verdict
from autograder.submission.assignment import Assignment, load_assignment
from autograder.submission.plan import Plan, make_plan
from autograder.submission.read import read_notebook
from samples import corpus
from tests.helpers import earlier_release, tiny_course
from tests.helpers.earlier_release import SOLUTIONS
from tests.helpers.grading import Warm, lost

Grade = Callable[[dict[str, Any]], Judgement]
# With the engine in its id, a test runs where that engine's session already is.
GRADED = pytest.mark.parametrize("engine", ["process"], indirect=True)


@pytest.fixture(scope="module")
def assignment(course: Course) -> Assignment:
    """The real assignment."""
    return load_assignment(course)


@pytest.fixture
def plan(assignment: Assignment) -> Callable[[dict[str, Any]], Plan]:
    """Makes the plan of a notebook given as JSON."""
    return lambda notebook: make_plan(assignment, read_notebook(json.dumps(notebook).encode()))


@pytest.fixture
def grade(warm: Warm) -> Grade:
    """Grades a notebook given as JSON."""
    return lambda notebook: warm.grade(json.dumps(notebook).encode())


@pytest.fixture(params=[False, True], ids=["as saved", "metadata lost"])
def saved(request: pytest.FixtureRequest) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Returns a notebook as Jupyter saves it, or as tools do that lose its metadata."""

    def save(notebook: dict[str, Any]) -> dict[str, Any]:
        if request.param:
            strip_metadata(notebook)
        return notebook

    return save


def mixed() -> dict[str, Any]:
    """The present release in which the scaffolds of two exercises are those of the earlier one."""
    notebook: dict[str, Any] = json.loads(json.dumps(corpus.base_notebook("release")))
    earlier = earlier_release.notebook()
    for name in ("train_solution", "training_loop_solution"):
        source = earlier["cells"][find(earlier["cells"], name)]["source"]
        notebook["cells"][find(notebook["cells"], name)]["source"] = source
    return notebook


def test_the_earlier_release_is_another_one(assignment: Assignment):
    """Four exercises at least had another scaffold: else the claims below say nothing."""
    assert sum(bool(exercise.earlier) for exercise in assignment.exercises) >= 4


def test_its_untouched_scaffolds_are_untouched(plan: Any, saved: Any):
    """All seven exercises, and nothing of them runs as a student's own cell."""
    found = plan(saved(earlier_release.notebook()))
    assert found.states == dict.fromkeys(SOLUTIONS, State.UNTOUCHED)
    assert not [cell.name for cell in found.cells if cell.name.startswith("your code cell")]


@pytest.mark.parametrize("exercise", SOLUTIONS)
def test_one_solved_exercise_is_the_one_attempted(exercise: str, plan: Any, saved: Any):
    """The others keep being untouched."""
    states = plan(saved(earlier_release.notebook(exercise))).states
    assert [name for name, state in states.items() if state == State.ATTEMPTED] == [exercise]


def test_scaffolds_of_two_releases_in_one_notebook_are_untouched(plan: Any, saved: Any):
    """As where somebody copied a cell of the old notebook into the new one."""
    assert plan(saved(mixed())).states == dict.fromkeys(SOLUTIONS, State.UNTOUCHED)


def test_a_region_is_untouched_only_where_all_of_its_cell_are(plan: Any):
    """Who filled in the first of two regions did begin."""
    notebook = json.loads(json.dumps(corpus.base_notebook("release")))
    cell = notebook["cells"][find(notebook["cells"], "train_solution")]
    cell["source"] = cell["source"].replace("returns = ...", "returns = rewards")
    states = plan(notebook).states
    assert [name for name, state in states.items() if state == State.ATTEMPTED] == ["train"]


@GRADED
def test_all_solved_in_it_scores_everything(grade: Grade, saved: Any):
    """With its own loop, which builds the model itself."""
    graded = grade(saved(earlier_release.notebook(*SOLUTIONS)))
    assert lost(graded) == {}
    assert graded.score == 100


@GRADED
def test_left_alone_it_scores_nothing_kindly(grade: Grade, saved: Any):
    """Seven exercises that were not attempted, and no error of anybody's."""
    graded = grade(saved(earlier_release.notebook()))
    assert graded.score == 0
    assert lost(graded) == dict.fromkeys(SOLUTIONS, Verdict.NOT_ATTEMPTED)


@GRADED
def test_half_solved_it_scores_what_is_solved(grade: Grade):
    """The rest was not attempted."""
    graded = grade(earlier_release.notebook("build_model", "discount_rewards", "training_loop"))
    assert graded.score == 40
    assert lost(graded) == dict.fromkeys(
        ("compile_model", "select_action", "run_episode", "train"), Verdict.NOT_ATTEMPTED
    )


@GRADED
def test_scaffolds_of_two_releases_score_nothing_kindly(grade: Grade):
    """Neither is taken for an answer."""
    assert lost(grade(mixed())) == dict.fromkeys(SOLUTIONS, Verdict.NOT_ATTEMPTED)


def test_an_earlier_release_that_cannot_be_read_is_named(tmp_path: Path):
    """To leave it out in silence would turn old notebooks into wrong answers."""
    course = tiny_course.write(tmp_path)
    folder = course.checks / "earlier"
    folder.mkdir()
    shutil.copy(course.released, folder / "2026-01-01.ipynb")
    assert load_assignment(course).earlier
    (folder / "2026-02-01.ipynb").write_text("{")
    with pytest.raises(ReleaseError, match=r"2026-02-01\.ipynb cannot be read"):
        load_assignment(course)
