"""The master notebook: it runs, it is well formed, and its visible checks speak kindly."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.course.folder import find_course
from autograder.course.settings import load_settings
from autograder.release import scaffold
from tests.helpers import kernels

ASSIGNMENT = Path(__file__).resolve().parents[2] / "source" / "policy_gradient"
MASTER = ASSIGNMENT / "policy_gradient.ipynb"
POINTS = {
    "build_model": 20,
    "compile_model": 10,
    "select_action": 15,
    "run_episode": 20,
    "discount_rewards": 15,
    "train": 15,
    "training_loop": 5,
}
FIRST_LINES = {
    "build_model": "def build_model():",
    "compile_model": "def compile_model(model, learning_rate):",
    "select_action": "def select_action(model, observation):",
    "run_episode": "def run_episode(env, model):",
    "discount_rewards": "def discount_rewards(rewards, gamma):",
    "train": "def train(model, episode, gamma):",
    "training_loop": "scores = []",
}
# What students fill in is in two places where given code stands between.
REGIONS = dict.fromkeys(POINTS, 1) | {"discount_rewards": 2, "train": 2}
SECTIONS = [
    "How to work with this notebook",
    "Pong",
    "Prediction model",
    "Train model",
    "Policy",
    "Episode",
    "Expected return",
    "Training step",
    "Training loop",
    "Evaluate",
    "An extra, without points",
    "Finish",
]


def read_master():
    """Return the master notebook."""
    return nbformat.read(MASTER, as_version=4)


def code_cells(notebook):
    """Return the code cells of a notebook by their nbgrader grade id."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return {cell.metadata.nbgrader.grade_id: cell for cell in cells}


def run(notebook, folder, allow_errors=False):
    """Run a notebook from top to bottom in a copy of the assignment, two episodes of training."""
    shutil.copytree(ASSIGNMENT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    settings = {"NR_EPISODES": "2", "LIVE_VIEW": "0", "IPYTHONDIR": str(folder)}
    kernels.execute(notebook, folder, settings, timeout=300, allow_errors=allow_errors)
    return code_cells(notebook)


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """Return the code cells of the executed master; an error in any of them fails here."""
    return run(read_master(), tmp_path_factory.mktemp("master") / "assignment")


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """Return the code cells of an executed notebook in which nothing has been filled in."""
    notebook = read_master()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = scaffold.strip(cell.source)
    return run(notebook, tmp_path_factory.mktemp("untouched") / "assignment", allow_errors=True)


def test_master_runs_from_top_to_bottom(executed):
    """Every cell was executed, and each training episode reported time, length and score."""
    assert all(cell.execution_count for cell in executed.values())
    printed = "".join(output.text for output in executed["training_loop_solution"].outputs)
    lines = re.findall(r"Episode \d+: [\d.]+ s, \d+ steps, score -?\d+\n", printed)
    assert "".join(lines) == printed
    assert len(lines) == 2


@pytest.mark.parametrize("exercise", POINTS)
def test_a_right_solution_reads_one_friendly_line(executed, exercise):
    """A grade cell prints one line: nbgrader counts a number or stderr against the student."""
    (output,) = executed[exercise].outputs
    assert (output.output_type, output.name) == ("stream", "stdout")
    assert output.text.startswith("✓ ")
    assert output.text.count("\n") == 1


@pytest.mark.parametrize("grade_id", ["show_frames", "plot_returns", "plot_scores"])
def test_plots_are_shown(executed, grade_id):
    """Frames, returns and scores can be seen."""
    assert any("image/png" in output.get("data", {}) for output in executed[grade_id].outputs)


def test_untrained_policy_is_near_one_sixth(executed):
    """The six numbers that the text promises are printed with their sum."""
    (output,) = executed["untrained_policy"].outputs
    *probabilities, total = map(float, re.findall(r"\d\.\d+", output.text))
    assert probabilities == pytest.approx([1 / 6] * 6, abs=0.03)
    assert total == pytest.approx(1)


@pytest.mark.parametrize("grade_id", ["evaluate_untrained", "evaluate_model"])
def test_evaluation_prints_the_score_of_a_whole_game(executed, grade_id):
    """The score of a game lies between 21 points lost and 21 points won."""
    (output,) = executed[grade_id].outputs
    assert -21 <= int(output.text.split(":")[1]) <= 21


@pytest.mark.parametrize("exercise", POINTS)
def test_an_untouched_exercise_reads_one_kind_sentence(untouched, exercise):
    """A placeholder left alone leads to one line with an exercise's name, and to no traceback."""
    (output,) = untouched[exercise].outputs
    assert output.ename == "NotYet"
    assert re.search(r"is still waiting for you|is not defined yet", output.evalue)
    assert output.traceback == [f"✗ {output.evalue}"]


def test_every_exercise_has_its_cells_and_points():
    """Each exercise is a solution cell followed by its grade cell; points sum to 100."""
    cells = code_cells(read_master())
    ids = list(cells)
    for exercise, points in POINTS.items():
        common = {"schema_version": 3, "task": False}
        assert cells[f"{exercise}_solution"].metadata.nbgrader == common | {
            "grade": False,
            "grade_id": f"{exercise}_solution",
            "locked": False,
            "solution": True,
        }
        assert cells[exercise].metadata.nbgrader == common | {
            "grade": True,
            "grade_id": exercise,
            "locked": True,
            "points": points,
            "solution": False,
        }
        assert ids.index(exercise) == ids.index(f"{exercise}_solution") + 1
    assert sum(cell.metadata.nbgrader.get("points", 0) for cell in cells.values()) == 100


@pytest.mark.parametrize(("exercise", "first_line"), FIRST_LINES.items())
def test_a_solution_has_its_regions_and_its_name(exercise, first_line):
    """The line that gives the exercise its name stands outside of them."""
    lines = code_cells(read_master())[f"{exercise}_solution"].source.splitlines()
    assert lines[0] == first_line
    markers = [line.strip() for line in lines if " CODE " in line]
    assert markers == ["### START CODE ###", "### END CODE ###"] * REGIONS[exercise]


def test_given_cells_are_locked_and_hold_no_region():
    """All other code cells are given: locked, but for the place of the extra, without points or region."""
    cells = code_cells(read_master())
    exercises = {name for each in POINTS for name in (each, f"{each}_solution")}
    for grade_id in cells.keys() - exercises:
        cell = cells[grade_id]
        assert cell.metadata.nbgrader == {
            "grade": False,
            "grade_id": grade_id,
            "locked": grade_id != "extra_functions",
            "schema_version": 3,
            "solution": False,
            "task": False,
        }
        assert " CODE ###" not in cell.source


def test_sections_come_in_order():
    """The headings are those of the assignment."""
    text = "\n".join(cell.source for cell in read_master().cells if cell.cell_type == "markdown")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS


def test_master_is_clean():
    """It is valid, its ids are its own, and nothing of a run is left in it."""
    notebook = read_master()
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    for cell in notebook.cells:
        assert "attachments" not in cell
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert set(cell.metadata) <= {"nbgrader"}


def test_figures_are_those_that_the_text_shows():
    """Every picture in the text exists, and every picture that exists is in the text."""
    text = "\n".join(cell.source for cell in read_master().cells if cell.cell_type == "markdown")
    shown = set(re.findall(r"!\[[^]]+\]\(([^)]+)\)", text))
    pictures = ASSIGNMENT.glob("*/*.png")
    assert shown == {path.relative_to(ASSIGNMENT).as_posix() for path in pictures}


def test_hyperparameters_are_those_of_the_assignment():
    """Without the parameter that shortens it the training takes 250 episodes."""
    names = {"os": os}
    exec(code_cells(read_master())["hyperparameters"].source, names)
    assert (names["nr_episodes"], names["learning_rate"], names["gamma"]) == (250, 3e-5, 0.99)


@pytest.mark.heavy
def test_cells_that_grading_runs_leave_tensorflow_untouched():
    """Imports and hyperparameters run in a process that is forked later: no operation before."""
    cells = code_cells(read_master())
    given = load_settings(find_course(ASSIGNMENT, ASSIGNMENT.name)).given
    assert given == ("imports", "hyperparameters")
    untouched = (
        "from tensorflow.python.eager import context\nassert not context.context()._initialized"
    )
    program = "\n".join([cells[name].source for name in given] + [untouched])
    subprocess.run([sys.executable, "-c", program], cwd=ASSIGNMENT, check=True)
