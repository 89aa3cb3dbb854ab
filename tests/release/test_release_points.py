"""nbgrader's gradebook gives the points that assignment.toml gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.errors import ReleaseError, SettingsError
from autograder.release.generate import check_release, make_release
from tests.helpers import small_course
from tests.release.test_release import contents, generate_assignment

TITLE = 'title = "Small"\n'
POINTS = TITLE + "[exercises.returns]\npoints = {}\n"
CHECK = 3


def course(
    folder: Path, text: str, spoil: Callable[[NotebookNode], object] = lambda _: None
) -> Path:
    """A course whose assignment has settings, and whose master may be spoiled first."""
    master = small_course.master()
    spoil(master)
    small_course.settings(folder, text)
    return small_course.write(folder, master)


def released_points(folder: Path) -> object:
    """The points of the check cell as students get it."""
    make_release(folder, "small")
    notebook = nbformat.read(folder / "release" / "small" / "small.ipynb", as_version=4)
    return notebook.cells[CHECK].metadata.nbgrader.points


@pytest.mark.parametrize(("given", "released"), [("7", 7), ("7.0", 7), ("2.5", 2.5), ("0", 0)])
def test_the_settings_points_are_released(given: str, released: float, tmp_path: Path) -> None:
    """Whole numbers stay whole, as nbgrader's toolbar writes them."""
    points = released_points(course(tmp_path, POINTS.format(given)))
    assert points == released
    assert type(points) is type(released)


def test_settings_without_points_leave_the_masters(tmp_path: Path) -> None:
    """And so does a course that has no settings yet."""
    folder = course(tmp_path, TITLE + "[exercises.returns.checks]\nvalues = 1\n")
    assert released_points(folder) == 5
    before = contents(folder / "release" / "small")
    (folder / "checks" / "small" / "assignment.toml").unlink()
    assert released_points(folder) == 5
    assert contents(folder / "release" / "small") == before


def test_settings_give_points_to_a_cell_without(tmp_path: Path) -> None:
    """The master need not say them."""
    spoiled = course(
        tmp_path,
        POINTS.format(3),
        lambda master: master.cells[CHECK].metadata.nbgrader.pop("points"),
    )
    assert released_points(spoiled) == 3


def test_settings_give_points_to_an_answer(tmp_path: Path) -> None:
    """One that a person grades has no checks, but points."""
    text = POINTS.format(7) + "[exercises.why]\npoints = 3\n"
    folder = course(tmp_path, text, lambda master: master.cells.append(small_course.answer()))
    assert released_points(folder) == 7
    notebook = nbformat.read(folder / "release" / "small" / "small.ipynb", as_version=4)
    assert notebook.cells[-1].metadata.nbgrader.points == 3


def test_an_exercise_that_the_master_does_not_grade_is_refused(tmp_path: Path) -> None:
    """A typing error would otherwise leave the master's points standing."""
    with pytest.raises(ReleaseError) as caught:
        make_release(course(tmp_path, POINTS.format(1) + "[exercises.retruns]\n"), "small")
    assert str(caught.value) == (
        "assignment.toml has an exercise 'retruns', but no graded cell of the master has this id: give one "
        "of them this grade id, or remove the exercise"
    )


def test_settings_that_are_wrong_stop_the_release(tmp_path: Path) -> None:
    """With their own sentence."""
    with pytest.raises(SettingsError, match=r"exercises\.returns\.points must be"):
        make_release(course(tmp_path, POINTS.format('"many"')), "small")


def test_other_points_make_the_release_stale(tmp_path: Path) -> None:
    """The settings are a source of the release as the master is."""
    folder = course(tmp_path, POINTS.format(7))
    make_release(folder, "small")
    assert check_release(folder, "small") == []
    small_course.settings(folder, POINTS.format(8))
    assert check_release(folder, "small") == [
        "release/small/small.ipynb differs from what the master gives now"
    ]


def test_a_second_notebook_of_the_assignment_keeps_its_points(tmp_path: Path) -> None:
    """Settings speak of the notebook that is named like the assignment."""
    folder = course(tmp_path, POINTS.format(7))
    master = small_course.master()
    master.cells[CHECK].metadata.nbgrader.grade_id = "more"
    master.cells[2].metadata.nbgrader.grade_id = "more_solution"
    nbformat.write(master, folder / "source" / "small" / "appendix.ipynb")
    make_release(folder, "small")
    appendix = nbformat.read(folder / "release" / "small" / "appendix.ipynb", as_version=4)
    assert appendix.cells[CHECK].metadata.nbgrader.points == 5


def test_plain_nbgrader_and_its_gradebook_have_the_settings_points(tmp_path: Path) -> None:
    """Whoever runs nbgrader's own command gets the same release, and grades with the same points."""
    folder = course(tmp_path, POINTS.format(7))
    done = generate_assignment(folder, "small")
    assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        assert gradebook.find_assignment("small").max_score == 7
    theirs = contents(folder / "release" / "small")
    make_release(folder, "small")
    assert contents(folder / "release" / "small") == theirs
